import { checkForm, fieldTypes, sentence, type CheckedForm, type FormLayout, type Problem } from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import { hashPassword } from '../access/password.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { visibleCatalogue } from '../fields/check-rule.ts';
import type { Field } from '../fields/field.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { formCatalogue, placedKeys, withItems } from './form-catalogue.ts';
import { settingsSchema, type FormSettings, type SentSettings } from './form-settings.ts';
import { layoutSchema } from './layout-schema.ts';
import { shapeProblems, textProblems } from './shape-problems.ts';

/** The codes of problems that only rules have: a layout with none but those is refused as rules are. */
const ruleCodes: ReadonlySet<Problem['code']> = new Set([
  'NOT_A_RULE',
  'UNKNOWN_OPERATION',
  'UNKNOWN_SEGMENT',
  'UNKNOWN_OPTION',
  'TYPE',
  'ARITY',
  'NOT_BOOLEAN',
  'CYCLE',
  'LIMIT',
  'FORBIDDEN_KEY',
]);

/**
 * Checks the layout of a form that somebody sends. A hidden field is answered as one that does not exist; fields that were archived since may
 * stand on it and are not shown.
 *
 * @throws {Refused} VALIDATION_FAILED, or RULE_INVALID where nothing but rules is wrong, with every problem; FIELD_FORBIDDEN where a rule
 * reads what its author may not.
 */
export async function checkedLayout(tx: Transactional<Context>, raw: unknown): Promise<[FormLayout, CheckedForm]> {
  const shape = layoutSchema.safeParse(raw);
  const problems = shape.success ? textProblems(raw, 'layout') : shapeProblems(shape.error.issues, 'layout');
  if (problems.length > 0) throw invalid(problems);
  const layout = raw as FormLayout;
  const rights = await rightsOf(tx);
  const catalogue = await kept(tx, fieldCatalogue);
  const isArchived = (key: string) => catalogue.byKey.get(key)?.archived === true && rights.accessTo(key) !== 'HIDDEN';
  const live = withItems(layout, (item) => !('field' in item) || !isArchived(item.field));
  const outcome = checkForm(live, formCatalogue(catalogue, await visibleCatalogue(tx, rights)));
  if (!outcome.ok) throw refusal(outcome.problems);
  const forbidden = [...outcome.value.reads].filter((key) => !rights.may(key, 'filter'));
  if (forbidden.length > 0) throw refused('FIELD_FORBIDDEN', { fields: forbidden });
  return [layout, outcome.value];
}

function refusal(problems: readonly Problem[]) {
  const issues = problems.map((problem) => ({ ...problem, path: `layout${problem.path}` }));
  const isOfRules = issues.every(({ code, path }) => ruleCodes.has(code) || path.includes('/var'));
  return isOfRules ? refused('RULE_INVALID', { issues }) : invalid(issues);
}

/**
 * Checks the settings of a form that somebody sends, and hashes a new password.
 *
 * @throws {Refused} VALIDATION_FAILED with every problem.
 */
export async function checkedSettings(
  tx: Transactional<Context>,
  raw: unknown,
  { before, layout }: { readonly before: FormSettings; readonly layout: FormLayout },
): Promise<FormSettings> {
  const shape = settingsSchema.safeParse(raw);
  const problems = shape.success
    ? [
        ...textProblems(raw, 'settings'),
        ...meaningProblems(shape.data),
        ...(await matchProblems(tx, shape.data, layout)),
      ]
    : shapeProblems(shape.error.issues, 'settings');
  if (!shape.success || problems.length > 0) throw invalid(problems);
  const { password, ...others } = shape.data;
  const passwordHash = typeof password === 'string' ? await hashPassword(password) : password && before.passwordHash;
  const given = Object.entries({ ...others, passwordHash }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(given) as unknown as FormSettings;
}

function meaningProblems({ opensAt, closesAt }: SentSettings): Problem[] {
  if (!opensAt || !closesAt || opensAt < closesAt) return [];
  const message = sentence('结束时间要晚于开始时间', 'It has to close after it opens');
  return [{ path: 'settings/closesAt', code: 'TOO_SMALL', message }];
}

async function matchProblems(
  tx: Transactional<Context>,
  { matchOn }: SentSettings,
  layout: FormLayout,
): Promise<Problem[]> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const placed = new Set(placedKeys(layout));
  const message = sentence(
    '要是这张表单上的文本、邮箱、电话等字段',
    'It has to be a field of the form such as an e-mail or a phone',
  );
  return (matchOn ?? []).flatMap((key, index): Problem[] => {
    const field = placed.has(key) ? byKey.get(key) : undefined;
    return field && canMatch(field) ? [] : [{ path: `settings/matchOn/${index}`, code: 'INVALID', message }];
  });
}

/** Whether a customer is found by a value of a field: it is kept who has it, or it is searched for. */
function canMatch({ type, computed, unique }: Field): boolean {
  const { canBeUnique, searchable } = fieldTypes[type];
  return !computed && (unique || (canBeUnique && searchable));
}
