import { describe, expect, it } from 'vitest';
import { catalogueOf, type FormLayout, type Node } from '@kequn/rules';
import { toCatalogueField } from '../fields/catalogue.ts';
import { fieldAnswer } from '../testing/mount-page.ts';
import { sampleOf, storedOf, type TriedForm } from './trial-start.ts';

const field = (key: string, type: string, label: string) =>
  toCatalogueField(fieldAnswer(key, type, label, {} as never) as never);
const fields = [field('name', 'TEXT', '姓名'), field('age', 'NUMBER', 'Age'), field('doubled', 'NUMBER', 'Doubled')];
const layout: FormLayout = {
  pages: [
    {
      sections: [
        {
          columns: [
            {
              items: [{ field: 'name' }, { field: 'age' }, { field: 'doubled', compute: { '*': [{ var: 'age' }, 2] } }],
            },
          ],
        },
      ],
    },
  ],
};
const form: TriedForm = {
  layout,
  catalogue: { ...catalogueOf(fields), formulas: new Map<string, Node>() },
  hiddenValues: 'KEEP',
  language: 'zh-CN',
  mayWrite: () => true,
};

describe('a form that is tried with made-up values', () => {
  it('has them in the language in which it is looked at, and none of what is computed', async () => {
    const { entered, stored } = await sampleOf(form, '1');
    expect([Object.keys(entered), stored]).toEqual([['name', 'age'], null]);
    expect(entered['name']).toMatch(/\p{Script=Han}/u);
    expect((await sampleOf({ ...form, language: 'en' }, '1')).entered['name']).toMatch(/^[A-Z]/);
    expect(await sampleOf(form, '1')).toEqual({ entered, stored });
  });

  it('has none where it has a fault, nor in what may not be written', async () => {
    const faulty = { ...form, layout: { pages: [{ sections: [{ columns: [{ items: [{ field: 'gone' }] }] }] }] } };
    expect((await sampleOf(faulty, '1')).entered).toEqual({});
    expect(Object.keys((await sampleOf({ ...form, mayWrite: (key) => key === 'age' }, '1')).entered)).toEqual(['age']);
  });
});

it('a form that is tried with a customer has what may be read of them', () => {
  const customer = { createdAt: 'a', updatedAt: 'b', owner: null, values: { name: 'An', age: 3 } };
  expect(storedOf(customer, (key) => key !== 'age')).toEqual({
    entered: {},
    stored: { name: 'An', created_at: 'a', updated_at: 'b', owner: null },
  });
});
