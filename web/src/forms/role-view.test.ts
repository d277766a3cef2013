import type { FormItem, FormLayout } from '@kequn/rules';
import { expect, it } from 'vitest';
import type { FieldAccess } from '../api/generated/graphql.ts';
import { isAsDesigned, roleView } from './role-view.ts';

const reads = { '>': [{ var: 'income' }, 1] };

function layoutOf(items: readonly FormItem[], visibleWhen?: object): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }], ...visibleWhen }] }] };
}

function access(parts: Readonly<Record<string, FieldAccess>>): ReadonlyMap<string, FieldAccess> {
  return new Map(Object.entries({ name: 'WRITE', age: 'WRITE', income: 'WRITE', ...parts }));
}

const designed = layoutOf(
  [
    { field: 'income' },
    { text: 'Rich', visibleWhen: reads },
    { field: 'name', requiredWhen: reads, optionsWhen: { a: reads, b: true } },
    { field: 'age', compute: { '+': [{ var: 'income' }, 1] } },
  ],
  { visibleWhen: reads },
);

it('a role that may do everything gets the form as it was designed', () => {
  const view = roleView(designed, { layout: designed, access: access({}) }, () => false);
  expect([view, isAsDesigned(view)]).toEqual([{ hidden: [], masked: [], readOnly: [], unasked: [] }, true]);
});

it('what a role lacks is told: fields, and of the others the rules that it may not read', () => {
  const layout = layoutOf([
    { text: 'Rich' },
    { field: 'name', optionsWhen: { b: true } },
    { field: 'age', readOnlyWhen: true },
  ]);
  expect(roleView(designed, { layout, access: access({ income: 'HIDDEN' }) }, () => false)).toEqual({
    hidden: ['income'],
    masked: [],
    readOnly: [],
    // The page is part 0, then the section, income and the text.
    unasked: [
      { at: 1, rules: ['visibleWhen'] },
      { at: 3, rules: ['visibleWhen'] },
      { at: 4, rules: ['requiredWhen', 'optionsWhen'] },
      { at: 5, rules: ['compute'] },
    ],
  });
});

it('what nobody enters is no loss to a role that may not enter it', () => {
  const layout = layoutOf([{ field: 'name' }, { field: 'age', compute: 1 }, { field: 'income' }]);
  const view = roleView(
    layout,
    { layout, access: access({ name: 'READ', age: 'READ', income: 'READ' }) },
    (key) => key === 'income',
  );
  expect(view).toEqual({ hidden: [], masked: [], readOnly: ['name'], unasked: [] });
  expect(roleView(layout, { layout, access: access({ name: 'MASKED' }) }, () => false).masked).toEqual(['name']);
});
