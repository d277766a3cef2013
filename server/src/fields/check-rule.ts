import {
  catalogueOf,
  checkFormula,
  checkRule,
  eventsKey,
  fieldsOf,
  segmentsOf,
  type Catalogue,
  type Checked,
  type Node,
  type RuleProblemCode,
} from '@kequn/rules';
import { rightsOf, type FieldUse, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';
import { restrictedKeys, rolesThatMayUse } from './restriction.ts';
import { sourcesOf } from './segment-reads.ts';

/** Where a rule stands that is sent as part of a form: it runs over what is entered, so it knows neither events nor segments. */
export interface OfAForm {
  /** The place of the rule in what was sent. */
  readonly at: string;
}

/**
 * Checks a rule that a viewer sends. A hidden field and a restricted segment are answered exactly as one that does not exist; a field
 * that may be seen but not used so is FIELD_FORBIDDEN.
 *
 * @throws {Refused} RULE_INVALID with every problem, or FIELD_FORBIDDEN with the fields.
 */
export async function checkedRule(
  tx: Transactional<Context>,
  rule: unknown,
  use: FieldUse,
  form?: OfAForm,
): Promise<Node> {
  const visible = await visibleCatalogue(tx, await rightsOf(tx));
  const catalogue = form ? { ...visible, events: undefined, segments: undefined } : visible;
  return checkedBy(tx, checkRule(rule, catalogue), { use, form });
}

/**
 * Checks a rule by which a viewer asks for customers at once, which may ask for the viewer.
 *
 * @throws {Refused} as `checkedRule`.
 */
export async function checkedQuestion(tx: Transactional<Context>, rule: unknown): Promise<Node> {
  const visible = await visibleCatalogue(tx, await rightsOf(tx));
  return checkedBy(tx, checkRule(rule, askedByViewer(visible)), { use: 'filter' });
}

/**
 * Checks a rule by which a viewer asks for answers to a form: it knows nothing but these of the fields, by key, and the viewer.
 *
 * @throws {Refused} as `checkedRule`.
 */
export async function checkedQuestionOf(
  tx: Transactional<Context>,
  rule: unknown,
  keys: ReadonlySet<string>,
): Promise<Node> {
  const { fields, users, regions, timeZone } = await visibleCatalogue(tx, await rightsOf(tx));
  const answered = new Map([...fields].filter(([key]) => keys.has(key)));
  return checkedBy(tx, checkRule(rule, { fields: answered, users, regions, timeZone, viewer: true }), {
    use: 'filter',
  });
}

/**
 * Checks a formula that a viewer sends, as `checkedRule` does a rule.
 *
 * @throws {Refused} RULE_INVALID with every problem, or FIELD_FORBIDDEN with the fields.
 */
export async function checkedFormula(tx: Transactional<Context>, formula: unknown): Promise<Node> {
  const visible = await visibleCatalogue(tx, await rightsOf(tx));
  return checkedBy(tx, checkFormula(formula, visible), { use: 'filter', form: { at: 'formula' } });
}

/** The catalogue of rules that a viewer asks. */
export function askedByViewer(catalogue: Catalogue): Catalogue {
  return { ...catalogue, viewer: true };
}

async function checkedBy(
  tx: Transactional<Context>,
  outcome: Checked<Node, RuleProblemCode>,
  { use, form }: { readonly use: FieldUse; readonly form?: OfAForm | undefined },
): Promise<Node> {
  const rights = await rightsOf(tx);
  if (!outcome.ok) {
    const issues = outcome.problems.map((problem) => ({ ...problem, path: (form?.at ?? '') + problem.path }));
    throw refused('RULE_INVALID', { issues });
  }
  const sources = await sourcesOf(tx, outcome.value);
  const named = [...fieldsOf(outcome.value)];
  const isAsking = named.length > 0 || segmentsOf(outcome.value).size > 0;
  if (isAsking && (await rolesThatMayUse(tx, sources, use)).length === 0) {
    const alone = named.filter((key) => !rights.may(key, use));
    // Each of them may be read by some role, but all of them by none.
    throw refused('FIELD_FORBIDDEN', { fields: alone.length > 0 ? alone : named });
  }
  return outcome.value;
}

/** The catalogue without what is hidden from the viewer. */
export async function visibleCatalogue(tx: Transactional<Context>, rights: Rights): Promise<Catalogue> {
  const { fields, rules } = await kept(tx, fieldCatalogue);
  const visible = fields.filter(({ key }) => rights.accessTo(key) !== 'HIDDEN');
  const restricted = await restrictedKeys(tx);
  const seesEvents = rights.accessTo(eventsKey) !== 'HIDDEN';
  if (visible.length === fields.length && restricted.size === 0 && seesEvents) return rules;
  const { users, timeZone, regions, events, segments } = rules;
  return {
    ...catalogueOf(visible, users, timeZone, regions),
    events: seesEvents ? events : new Map(),
    segments: new Map([...(segments ?? [])].filter(([key]) => !restricted.has(key))),
  };
}
