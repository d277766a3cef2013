import {
  catalogueOf,
  checkForm,
  checkFormula,
  checkRule,
  checkValidation,
  computedType,
  fieldItemsOf,
  isFieldKey,
  partsOf,
  type Json,
  type Node,
} from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { describe, expect, it } from 'vitest';
import type { TradeField } from '../template.ts';
import { templates } from './index.ts';

const bothLanguages = ['zh-CN', 'en'];

function catalogueBy(fields: readonly TradeField[]) {
  const rules = catalogueOf(fields, new Map(), 'Asia/Shanghai', checkTools.regions);
  const formulas = new Map<string, Node>();
  for (const { key, formula } of fields) {
    const outcome = formula === undefined ? undefined : checkFormula(formula, rules);
    if (outcome?.ok) formulas.set(key, outcome.value);
  }
  return { ...rules, formulas };
}

/** The texts that a part of a template shows. */
function textsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    ['name', 'description', 'trade', 'title', 'labels', 'help', 'message'].includes(name) ? [inner] : textsOf(inner),
  );
}

it('the templates are five, each of a key of its own', () => {
  expect(templates.map(({ key }) => key)).toEqual(['retail', 'real_estate', 'education', 'clinic', 'b2b_sales']);
});

describe.each(templates.map((template) => [template.key, template] as const))('%s', (_, template) => {
  const { fields, form, segments } = template;
  const catalogue = catalogueBy(fields);

  it('speaks both languages wherever it says something', () => {
    const texts = textsOf(template);
    expect(texts.length).toBeGreaterThan(50);
    for (const text of texts) {
      expect(Object.keys(text as object)).toEqual(bothLanguages);
      for (const each of Object.values(text as object)) expect(each).toMatch(/\S/);
    }
  });

  it('has 12 to 20 fields, each of the right make, with rules and formulas that read what stands before them', () => {
    expect(fields.length).toBeGreaterThanOrEqual(12);
    expect(fields.length).toBeLessThanOrEqual(20);
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
    for (const [index, field] of fields.entries()) {
      expect(isFieldKey(field.key)).toBe(true);
      expect(checkValidation(field.type, field.validation as Json, checkTools)).toMatchObject({ ok: true });
      const { rule } = field.validation;
      if (rule !== undefined)
        expect(checkRule(rule, catalogueOf(fields.slice(0, index + 1)))).toMatchObject({ ok: true });
      if (field.formula === undefined) continue;
      const formula = checkFormula(field.formula, catalogueOf(fields.slice(0, index)));
      expect(formula.ok && computedType(formula.value)).toBe(field.type);
    }
  });

  it('has something that is computed, and personal data that is marked', () => {
    expect(fields.some(({ formula }) => formula !== undefined)).toBe(true);
    for (const { key, type, sensitive } of fields)
      if (type === 'PHONE' || type === 'EMAIL' || key === 'birthday') expect(sensitive).toBe(true);
  });

  it('has a form of two or three pages on which every field stands', () => {
    expect(checkForm(form.layout, catalogue)).toMatchObject({ ok: true });
    expect([2, 3]).toContain(form.layout.pages.length);
    const placed = fieldItemsOf(form.layout).map(({ part }) => part.field);
    expect(placed.toSorted()).toEqual(fields.map(({ key }) => key).toSorted());
    const parts = partsOf(form.layout).map(({ part }) => part);
    expect(parts.some((part) => part.visibleWhen !== undefined)).toBe(true);
    expect(parts.some((part) => 'requiredWhen' in part)).toBe(true);
  });

  it('has three to five segments, each with a rule over its fields', () => {
    expect(segments.length).toBeGreaterThanOrEqual(3);
    expect(segments.length).toBeLessThanOrEqual(5);
    for (const { key, rule } of segments) {
      expect(key).toMatch(/^[a-z][a-z0-9_]{0,40}$/);
      expect(checkRule(rule, catalogue)).toMatchObject({ ok: true });
    }
  });
});

it('what two templates both ask is the same in both, but for its name', () => {
  const byKey = new Map<string, TradeField[]>();
  for (const { fields } of templates)
    for (const field of fields) byKey.set(field.key, [...(byKey.get(field.key) ?? []), field]);
  for (const [first, ...others] of byKey.values())
    for (const other of others) {
      const { label: _label, labels: _labels, ...parts } = other;
      expect(first).toMatchObject(parts);
    }
});

it('segments of two templates have no key in common', () => {
  const keys = templates.flatMap(({ segments }) => segments.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
});
