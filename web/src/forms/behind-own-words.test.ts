import type { FieldDefinition, FormLayout } from '@kequn/rules';
import { expect, it } from 'vitest';
import { behindOwnWords } from './behind-own-words.ts';
import { toDraft } from './form-draft.ts';
import { itemsOf } from './form-tree.ts';

const fieldOf = (key: string, type: FieldDefinition['type']): [string, FieldDefinition] => [
  key,
  { key, type } as FieldDefinition,
];
const fields = new Map([fieldOf('job', 'SELECT'), fieldOf('words', 'TEXT'), fieldOf('name', 'TEXT')]);
const items = [
  { field: 'job' },
  { field: 'words', visibleWhen: { '==': [{ var: 'job' }, 'other'] } },
  { field: 'name' },
];

it('what is put behind a choice comes behind its own words, and else where it was to be', () => {
  let last = 0;
  const layout: FormLayout = { pages: [{ sections: [{ columns: [{ items }] }] }] };
  const draft = toDraft(layout, () => `i${(last += 1)}`);
  const [job, words, name] = itemsOf(draft).map(({ id }) => id);
  const put = [job, words, name, undefined].map((at) => behindOwnWords(draft, at, fields));
  expect(put).toEqual([words, words, name, undefined]);
});
