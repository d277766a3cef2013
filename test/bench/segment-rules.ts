import type { Rule } from '@kequn/rules';

/** The field that an edit changes. */
export const editedField = 'spend';

/** Three conditions of a few dozen that a business asks again and again, in turn. */
export function segmentRule(n: number): Rule {
  const pick = (step: number): Rule =>
    segmentConditions[(n * step + Math.floor(n / segmentConditions.length)) % segmentConditions.length]!;
  return n % 3 === 0
    ? { or: [pick(1), { and: [pick(7), pick(11)] }] }
    : { and: [pick(1), pick(5), { '!': [pick(13)] }] };
}

/** What a business asks of its customers. */
export const segmentConditions: readonly Rule[] = [
  ...[100, 500, 1_000, 2_000, 5_000, 9_000].map((spend): Rule => ({ '>=': [{ var: editedField }, spend] })),
  ...[1, 2, 5, 10, 20].map((orders): Rule => ({ '>': [{ var: 'orders' }, orders] })),
  ...['gold', 'silver', 'bronze'].map((level): Rule => ({ '==': [{ var: 'level' }, level] })),
  ...['110000', '310000', '440000', '440300', '330100', '510100'].map((region): Rule => ({
    within_region: [{ var: 'region' }, region],
  })),
  ...['1960', '1970', '1980', '1990', '2000'].map((year): Rule => ({ '<': [{ var: 'birthday' }, `${year}-01-01`] })),
  ...['王', '李', '张', '刘'].map((name): Rule => ({ starts_with: [{ var: 'name' }, name] })),
  ...['01', '23', '45', '67', '89'].map((end): Rule => ({ ends_with: [{ var: 'phone' }, end] })),
  { '==': [{ var: 'vip' }, true] },
  { '!=': [{ var: 'email' }, null] },
];
