import type { Rule } from '@kequn/rules';
import type { FieldInput } from '../api/generated/graphql.ts';

/** A field in which consent stands, as it is made. */
export interface ConsentField {
  readonly key: string;
  readonly label: string;
  readonly labels: { readonly 'zh-CN': string; readonly en: string };
  readonly input: FieldInput;
}

/** A name in both languages. */
function named(zh: string, en: string) {
  return { label: zh, labels: { 'zh-CN': zh, en } };
}

function consentField(key: string, names: ReturnType<typeof named>, settings: FieldInput): ConsentField {
  return { key, ...names, input: { key, ...names, ...settings } };
}

const purposes = [
  { key: 'service', ...named('提供服务', 'Providing the service') },
  { key: 'marketing', ...named('营销信息', 'Marketing') },
  { key: 'profiling', ...named('画像与个性化推荐', 'Profiling and personal offers') },
  { key: 'partners', ...named('与合作方共享', 'Sharing with partners') },
];

/** The fields that consent takes: for what, since when, and until when. */
export const consentFields: readonly ConsentField[] = [
  consentField('consent_purposes', named('同意的用途', 'Consented purposes'), {
    type: 'MULTI_SELECT',
    options: purposes,
  }),
  consentField('consent_at', named('同意时间', 'Consent given at'), { type: 'DATETIME' }),
  consentField('consent_withdrawn_at', named('撤回同意时间', 'Consent withdrawn at'), { type: 'DATETIME' }),
];

/** Who may be sent marketing: whoever has consented to it and not withdrawn. */
export const mayBeMailed: Rule = {
  and: [{ has_any: [{ var: 'consent_purposes' }, ['marketing']] }, { '==': [{ var: 'consent_withdrawn_at' }, null] }],
};
