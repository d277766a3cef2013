import { isFieldItem, partsOf, type Rule } from '@kequn/rules';
import type { TradeField, TradeTemplate } from '@kequn/seeds';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { rulesOf, varsIn } from '../forms/rule-vars.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';

/** What a field of a template goes by in this system, and whether it has to be made. */
export interface ChosenKey {
  readonly field: TradeField;
  readonly key: string;
  readonly isThere: boolean;
}

/**
 * Chooses for each field of a template the field that it is here: one of its key that the viewer reads, of its type and with the options
 * that its rules name, is used as it is; where its key is taken by another, it gets the next that is free, `phone_2`.
 */
export async function chooseKeys(tx: Transactional<Context>, template: TradeTemplate): Promise<readonly ChosenKey[]> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const rights = await rightsOf(tx);
  const rules = rulesIn(template);
  return template.fields.map((field) => {
    const named = optionsNamed(field, rules);
    for (let number = 1; ; number += 1) {
      const key = number === 1 ? field.key : `${field.key}_${number}`;
      const existing = byKey.get(key);
      if (!existing) return { field, key, isThere: false };
      if (suits(existing, field, { named, rights })) return { field, key, isThere: true };
    }
  });
}

function suits(
  existing: Field,
  wanted: TradeField,
  { named, rights }: { readonly named: readonly string[]; readonly rights: Rights },
): boolean {
  const offered = new Set(existing.options.flatMap(({ key, archived }) => (archived ? [] : [key])));
  return (
    !existing.archived &&
    rights.may(existing.key, 'filter') &&
    existing.type === wanted.type &&
    existing.computed === (wanted.formula !== undefined) &&
    named.every((key) => offered.has(key))
  );
}

/** Every rule of a template. */
function rulesIn({ fields, form, segments }: TradeTemplate): readonly Rule[] {
  const ofParts = partsOf(form.layout).flatMap(({ part }) => {
    // What a field begins with or always is may name its options without reading it.
    const own = isFieldItem(part)
      ? [part.default, part.compute].map((rule) => [{ var: part.field }, rule ?? null])
      : [];
    return [...rulesOf(part), ...(own as Rule[])];
  });
  const ofFields = fields.flatMap(({ validation, formula }) => [validation.rule as Rule | undefined, formula]);
  return [...ofParts, ...ofFields, ...segments.map(({ rule }) => rule)].filter((rule) => rule !== undefined);
}

/** The keys of the options of a field that rules name which read it. */
function optionsNamed({ key, options }: TradeField, rules: readonly Rule[]): readonly string[] {
  const texts = new Set(rules.filter((rule) => varsIn(rule).includes(key)).flatMap(textsIn));
  return options.flatMap((option) => (texts.has(option.key) ? [option.key] : []));
}

function textsIn(rule: Rule): readonly string[] {
  if (typeof rule === 'string') return [rule];
  return typeof rule === 'object' && rule !== null ? Object.values(rule).flatMap((each) => textsIn(each as Rule)) : [];
}
