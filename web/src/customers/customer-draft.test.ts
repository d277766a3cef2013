import { checkTools } from '@kequn/rules/tools';
import type { FieldDefinition } from '@kequn/rules';
import { describe, expect, it } from 'vitest';
import {
  changedKeys,
  checkCustomer,
  conflictingKeys,
  customerDraft,
  customerInput,
  enter,
  rebase,
} from './customer-draft.ts';

const base = { labels: {}, options: [], validation: {}, required: false, unique: false, archived: false };
const fields: FieldDefinition[] = [
  { ...base, key: 'name', type: 'TEXT', label: '姓名', required: true, validation: { maxLength: 3 } },
  { ...base, key: 'age', type: 'NUMBER', label: '年龄', validation: { min: 0 } },
];

function stored(values: Record<string, string | number | null>, version = 1) {
  return { id: 'c1', version, values, owner: { id: 'u1', name: 'Li' } };
}

describe('a new customer', () => {
  it('is checked as a whole, every fault at once', () => {
    const draft = enter(customerDraft(null), 'age', -1);
    expect(Object.keys(checkCustomer(draft, fields, 'en', checkTools))).toEqual(['name', 'age']);
  });

  it('is sent without what was not entered', () => {
    expect(customerInput(enter(customerDraft(null), 'name', '王芳'))).toEqual({ values: { name: '王芳' } });
    const mine = customerDraft(null, 'u1');
    expect(changedKeys(mine)).toEqual([]);
    expect(customerInput(enter(mine, 'name', '王芳'))).toEqual({ values: { name: '王芳' }, ownerId: 'u1' });
  });
});

describe('a customer that exists', () => {
  const draft = customerDraft(stored({ name: '王芳', age: null }));

  it('is unchanged at first, and again after a change is taken back', () => {
    expect(changedKeys(draft)).toEqual([]);
    expect(changedKeys(enter(enter(draft, 'age', 5), 'age', null))).toEqual([]);
  });

  it('may lack what is required as long as that is not emptied now', () => {
    const without = customerDraft(stored({ name: null, age: 1 }));
    expect(checkCustomer(enter(without, 'age', 2), fields, 'en', checkTools)).toEqual({});
    expect(Object.keys(checkCustomer(enter(draft, 'name', null), fields, 'en', checkTools))).toEqual(['name']);
  });

  it('is sent with its version and the changes alone, the owner beside the values', () => {
    expect(customerInput(enter(enter(draft, 'age', 5), 'owner', null))).toEqual({
      id: 'c1',
      version: 1,
      ownerId: null,
      values: { age: 5 },
    });
  });
});

describe('a conflict', () => {
  const read = customerDraft(stored({ name: '王芳', age: 1 }));
  const mine = enter(enter(read, 'name', '王方'), 'age', 2);
  const theirs = customerDraft(stored({ name: '王芬', age: 1 }, 2));

  it('is about what both changed, and not to the same', () => {
    expect(conflictingKeys(mine, theirs)).toEqual(['name']);
    expect(conflictingKeys(enter(read, 'name', '王芬'), theirs)).toEqual([]);
  });

  it('is resolved entry by entry on top of their version', () => {
    expect(rebase(mine, theirs, { name: 'mine' })).toMatchObject({ version: 2, entered: { name: '王方', age: 2 } });
    expect(customerInput(rebase(mine, theirs, { name: 'theirs' }))).toEqual({
      id: 'c1',
      version: 2,
      values: { age: 2 },
    });
  });
});
