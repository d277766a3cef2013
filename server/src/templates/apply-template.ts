import type { Rule } from '@kequn/rules';
import type { TradeTemplate } from '@kequn/seeds';
import { In, IsNull } from 'typeorm';
import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { createFieldIn } from '../fields/create-field.ts';
import { formulaType, type FieldInput } from '../fields/field.ts';
import { Form } from '../forms/form.ts';
import { publishFormIn } from '../forms/publish-form.ts';
import { saveFormIn } from '../forms/save-form.ts';
import type { Transactional } from '../platform/context.ts';
import { alterTables } from '../platform/transaction.ts';
import { activateSegmentIn } from '../segments/activate-segment.ts';
import { applyFormula } from '../segments/apply-formula.ts';
import { writeSegment } from '../segments/save-segment.ts';
import { Segment } from '../segments/segment.ts';
import { chooseKeys, type ChosenKey } from './choose-keys.ts';
import { findTemplate } from './find-template.ts';
import { layoutWithKeys, ruleWithKeys, validationWithKeys, type KeyOf } from './with-keys.ts';

/** What came of a template: each thing that it has, and whether it was made or was there. */
export interface AppliedTemplate {
  /** `of`: the key in the template. */
  readonly fields: readonly { readonly of: string; readonly key: string; readonly made: boolean }[];
  readonly form: { readonly id: string; readonly name: string; readonly made: boolean };
  readonly segments: readonly { readonly key: string; readonly id: string; readonly made: boolean }[];
}

/**
 * Makes the fields, the form and the segments of a template by the use cases of the API and with the rights of whoever asks; all of it, or
 * nothing. The form is published and the segments are activated, among many customers by jobs. What is there of its keys is kept, so
 * applying it again makes what is missing. Needs MANAGE_FIELDS, MANAGE_FORMS and MANAGE_SEGMENTS.
 *
 * @throws {Refused} NOT_FOUND; FORBIDDEN; FIELD_FORBIDDEN, RULE_INVALID where the caller may not read fields that it makes; LIMIT_EXCEEDED.
 */
export async function applyTemplate(ctx: Context, key: string): Promise<AppliedTemplate> {
  return alterTables(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_FIELDS');
    await requireCapability(tx, 'MANAGE_FORMS');
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    const template = findTemplate(key);
    const chosen = await chooseKeys(tx, template);
    const keys = new Map(chosen.map((each) => [each.field.key, each.key]));
    const keyOf: KeyOf = (asked) => keys.get(asked) ?? asked;
    for (const each of chosen) if (!each.isThere) await makeField(tx, each, keyOf);
    return {
      fields: chosen.map(({ field, key: chosenKey, isThere }) => ({ of: field.key, key: chosenKey, made: !isThere })),
      form: await makeForm(tx, template, keyOf),
      segments: await makeSegments(tx, template, keyOf),
    };
  });
}

/** Each step is checked by what the ones before have made. */
function forget({ ruleSet }: Transactional<Context>): void {
  ruleSet.values.clear();
}

async function makeField(tx: Transactional<Context>, { field, key }: ChosenKey, keyOf: KeyOf): Promise<void> {
  const { formula, label, labels, options, validation, required, unique, sensitive } = field;
  const input: FieldInput =
    formula === undefined
      ? { type: field.type, options: [...options], validation: validationWithKeys(validation, keyOf), required, unique }
      : { type: formulaType, formula: ruleWithKeys(formula, keyOf) };
  await createFieldIn(tx, { ...input, key, label, labels, sensitive }, applyFormula);
  forget(tx);
}

async function makeForm(
  tx: Transactional<Context>,
  { form }: TradeTemplate,
  keyOf: KeyOf,
): Promise<AppliedTemplate['form']> {
  const where = { name: In(Object.values(form.name)), deletedAt: IsNull() };
  const existing = await tx.manager.findOne(Form, { where, order: { createdAt: 'ASC' } });
  if (existing) return { id: existing.id, name: existing.name, made: false };
  const { id, name } = await saveFormIn(tx, {
    name: form.name[tx.locale],
    layout: layoutWithKeys(form.layout, keyOf),
  });
  await publishFormIn(tx, id);
  forget(tx);
  return { id, name, made: true };
}

async function makeSegments(
  tx: Transactional<Context>,
  { segments }: TradeTemplate,
  keyOf: KeyOf,
): Promise<AppliedTemplate['segments']> {
  const where = { key: In(segments.map(({ key }) => key)), deletedAt: IsNull() };
  const known = new Map((await tx.manager.findBy(Segment, where)).map(({ key, id }) => [key, id]));
  const made: AppliedTemplate['segments'][number][] = [];
  for (const segment of segments) {
    const id = known.get(segment.key);
    made.push({ key: segment.key, id: id ?? (await makeSegment(tx, segment, keyOf)), made: id === undefined });
  }
  return made;
}

async function makeSegment(
  tx: Transactional<Context>,
  { key, name, description, rule }: TradeTemplate['segments'][number],
  keyOf: KeyOf,
): Promise<string> {
  const input = { key, name: name[tx.locale], description: description[tx.locale] };
  const { segment } = await writeSegment(tx, { ...input, rule: ruleWithKeys(rule as Rule, keyOf) });
  forget(tx);
  await activateSegmentIn(tx, segment.id);
  forget(tx);
  return segment.id;
}
