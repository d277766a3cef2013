import { isFieldKey, sentence, type FieldType, type Node, type Problem } from '@kequn/rules';
import { requireCapability } from '../access/gate.ts';
import { openTo } from '../access/open-to.ts';
import type { RoleAccessInput } from '../access/role.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { alterTables } from '../platform/transaction.ts';
import { fieldCatalogue } from './catalogue.ts';
import { checkFieldInput } from './check-field-input.ts';
import { addColumn } from './customer-table.ts';
import { checkedFormula } from './check-rule.ts';
import { Field, formulaType, shownType, type FieldInput } from './field.ts';
import {
  computedBy,
  noteFormula,
  problemsOfComputed,
  problemsOfEntered,
  requireReleasable,
  type ApplyFormula,
  type ChangedField,
} from './field-formula.ts';
import { keepFieldRule } from './field-rules.ts';

const blank = {
  label: '',
  labels: {},
  help: null,
  options: [],
  validation: {},
  required: false,
  unique: false,
  sensitive: false,
  released: false,
};

const entered = { computed: false, formula: null };

/** A field as it is to be made, and what roles may do with it beside what they may do by default. */
export interface NewField extends FieldInput {
  readonly access?: readonly RoleAccessInput[] | null;
}

/**
 * Makes a field: its column and its row in the catalogue are one transaction. Of a formula everybody's values are computed in the same one,
 * or by a job among many customers. Needs MANAGE_FIELDS.
 *
 * @throws {Refused} VALIDATION_FAILED with every issue, RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED at the 501st field.
 */
export async function createField(ctx: Context, input: NewField, apply: ApplyFormula): Promise<ChangedField> {
  return alterTables(ctx, (tx) => createFieldIn(tx, input, apply));
}

/** The same as a part of a larger change, which alters tables. What was kept before it in the rule set may not know the field. */
export async function createFieldIn(
  tx: Transactional<Context>,
  input: NewField,
  apply: ApplyFormula,
): Promise<ChangedField> {
  await requireCapability(tx, 'MANAGE_FIELDS');
  const node = input.type === formulaType ? await checkedFormula(tx, input.formula) : undefined;
  const field = await newField(tx, input, node);
  if (field.released) await requireReleasable(tx, input.formula);
  await addColumn(tx.manager, field);
  await tx.manager.save(Field, field);
  await openTo(tx, field.key, input.access ?? []);
  await keepFieldRule(tx, field);
  if (node) await noteFormula(tx, field, node);
  await recordAudit(tx, {
    action: 'field.created',
    target: `field:${field.key}`,
    changes: {
      type: shownType(field),
      label: field.label,
      ...(node && { formula: input.formula }),
      ...(input.access && { access: input.access }),
    },
  });
  return { field, job: node && (await apply(tx, { field, formula: input.formula })) };
}

async function newField(tx: Transactional<Context>, input: FieldInput, node: Node | undefined): Promise<Field> {
  const { fields, byKey } = await kept(tx, fieldCatalogue);
  if (fields.length >= limits.fields) throw refused('LIMIT_EXCEEDED', { limit: 'fields', max: limits.fields });
  const key = input.key ?? '';
  const problems: Problem[] = [...keyProblems(key, byKey), ...typeProblems(input.type ?? null)];
  const made = node ? computedBy(node) : { type: enteredType(input), ...entered };
  const checked = checkFieldInput(made.type, { ...input, label: input.label ?? '' }, blank);
  problems.push(...checked.problems, ...(node ? problemsOfComputed(input) : problemsOfEntered(input)));
  if (problems.length > 0) throw invalid(problems);
  const position = Math.max(0, ...fields.map((field) => field.position)) + 1;
  return Object.assign(new Field(), checked.settings, { ...made, key, archived: false, version: 1, position });
}

function enteredType({ type }: FieldInput): FieldType {
  return type && type !== formulaType ? type : 'TEXT';
}

function keyProblems(key: string, existing: ReadonlyMap<string, Field>): Problem[] {
  if (existing.has(key))
    return [
      { path: 'key', code: 'NOT_UNIQUE', message: sentence('已有同名代码的字段', 'A field with this key exists') },
    ];
  if (isFieldKey(key)) return [];
  const message = sentence(
    '代码以小写字母开头，只含小写字母、数字和下划线，最多 41 个，且不能是保留字',
    'A key begins with a–z, holds a–z, 0–9 and _ only, at most 41 of them, and is no reserved word',
  );
  return [{ path: 'key', code: 'INVALID', message }];
}

function typeProblems(type: string | null): Problem[] {
  return type === null
    ? [{ path: 'type', code: 'REQUIRED', message: sentence('请选择类型', 'A type is required') }]
    : [];
}
