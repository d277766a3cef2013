import { computedType, fieldsOf, optionsOf, sentence, type Node, type Problem } from '@kequn/rules';
import { readingFields } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Job } from '../jobs/job.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { fieldCatalogue } from './catalogue.ts';
import { checkedFormula } from './check-rule.ts';
import { cycleOf } from './cycle.ts';
import type { Field, FieldInput } from './field.ts';
import { noteReads } from './references.ts';
import { rolesThatMayUse } from './restriction.ts';
import { sourcesOf } from './segment-reads.ts';

/** The formula that is to compute a field from now on, as it was sent. */
export interface FormulaChange {
  readonly field: Field;
  readonly formula: unknown;
}

/**
 * Makes values of everybody, and the segments that read them, those of another formula: at once, or by the job that it gives. Who knows
 * segments hands it in.
 */
export type ApplyFormula = (tx: Transactional<Context>, change: FormulaChange) => Promise<Job | undefined>;

/** A field, and the job that makes its values right for everybody, if it takes one. */
export interface ChangedField {
  readonly field: Field;
  readonly job?: Job | undefined;
}

/** What a checked formula makes of its field. */
export function computedBy(formula: Node): Pick<Field, 'type' | 'options' | 'computed' | 'formula'> {
  return { type: computedType(formula), options: [...optionsOf(formula)], computed: true, formula: null };
}

/**
 * Checks the formula that is sent for a field which has one: it goes on giving values of the same type, and does not read the field itself
 * by way of others.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN.
 */
export async function checkedForField(
  tx: Transactional<Context>,
  field: Field,
  formula: unknown,
  problems: Problem[],
): Promise<Node> {
  const node = await checkedFormula(tx, formula);
  await requireNoCycle(tx, field.key, node);
  if (computedType(node) !== field.type) {
    const message = sentence(
      '公式结果的类型不能改变，请新建一个字段',
      'What the formula gives cannot become of another type: make another field',
    );
    problems.push({ path: 'formula', code: 'READ_ONLY', message });
  }
  return node;
}

/** Notes what the coming formula of a field reads, and the present one: neither is to be taken away meanwhile. */
export async function noteFormula(tx: Transactional<Context>, { key }: Field, coming: Node): Promise<void> {
  const { levels } = (await kept(tx, fieldCatalogue)).formulas;
  const present = levels.flat().find(({ field }) => field.key === key);
  const fields = new Set([...fieldsOf(coming), ...(present ? fieldsOf(present.node) : [])]);
  await noteReads(tx.manager, { ownerKind: 'field', ownerId: key }, { fields });
}

async function requireNoCycle(tx: Transactional<Context>, key: string, formula: Node): Promise<void> {
  const stored = await kept(tx, readingFields);
  const readBy = (each: string) => {
    const field = stored.get(each);
    return field?.computed ? field.reads : [];
  };
  const cycle = cycleOf(key, (each) => (each === key ? fieldsOf(formula) : readBy(each)));
  if (!cycle) return;
  const { byKey } = await kept(tx, fieldCatalogue);
  const way = cycle.map((each) => byKey.get(each)?.label ?? each).join(' → ');
  const message = sentence(`公式互相引用：${way}`, `Formulas read each other: ${way}`);
  throw refused('RULE_INVALID', { issues: [{ path: 'formula', code: 'CYCLE', message }] });
}

/** What cannot be asked of values that nobody enters. */
export function problemsOfComputed({ options, validation, required, unique }: FieldInput): Problem[] {
  const given = {
    options: (options ?? []).length > 0,
    validation: Object.keys(validation ?? {}).length > 0,
    required: required === true,
    unique: unique === true,
  };
  const message = sentence('公式字段没有这项设置', 'A formula field has no such setting');
  return Object.entries(given).flatMap(([path, isGiven]) =>
    isGiven ? [{ path, code: 'INVALID' as const, message }] : [],
  );
}

/** What cannot be asked of values that people enter. */
export function problemsOfEntered({ formula }: FieldInput): Problem[] {
  if (formula === undefined || formula === null) return [];
  const message = sentence('只有公式字段才有公式', 'Only formula fields have a formula');
  return [{ path: 'formula', code: 'INVALID', message }];
}

/**
 * Asks for the right to let others read what a formula computes, though what it reads may be hidden from them: of whoever reads all of it,
 * on every customer.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN; FORBIDDEN to who reads it on some customers only.
 */
export async function requireReleasable(tx: Transactional<Context>, formula: unknown): Promise<void> {
  if (formula === null) throw refused('FORBIDDEN');
  const reading = await rolesThatMayUse(tx, await sourcesOf(tx, await checkedFormula(tx, formula)));
  if (!reading.some(({ role }) => role.rowScope === null)) throw refused('FORBIDDEN');
}
