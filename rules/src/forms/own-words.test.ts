import { expect, test } from 'vitest';
import type { FieldType } from '../fields/field-definition.ts';
import type { Rule } from '../json.ts';
import type { FormItem, FormLayout } from './layout.ts';
import { chosenRule, ownWordsOf } from './own-words.ts';

const fields = new Map(
  Object.entries({ job: 'SELECT', hobbies: 'MULTI_SELECT', words: 'TEXT', story: 'LONG_TEXT' } as const).map(
    ([key, type]) => [key, { key, type: type as FieldType }],
  ),
);

function layoutOf(...items: readonly FormItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items: [{ text: 'Hello' }] }, { items }] }] }] };
}

test('a text directly below a choice that is shown with one of its options is asked for in their place', () => {
  for (const choice of ['job', 'hobbies'] as const) {
    const words = { field: 'words', required: true, visibleWhen: chosenRule(fields.get(choice)!, 'other') };
    expect(ownWordsOf(layoutOf({ field: choice }, words), fields)).toEqual([
      { choice, option: 'other', words: 'words' },
    ]);
  }
});

test.each<[Rule]>([[{ in: [{ var: 'job' }, ['other']] }], [{ '==': ['other', { var: 'job' }] }]])(
  'it is so however that rule is written: %j',
  (visibleWhen) => {
    expect(ownWordsOf(layoutOf({ field: 'job' }, { field: 'words', visibleWhen }), fields)).toHaveLength(1);
  },
);

test.each<[string, readonly FormItem[]]>([
  [
    'stands elsewhere',
    [{ field: 'job' }, { divider: true }, { field: 'words', visibleWhen: { '==': [{ var: 'job' }, 'other'] } }],
  ],
  ['is always shown', [{ field: 'job' }, { field: 'words' }]],
  [
    'is shown with several options',
    [{ field: 'job' }, { field: 'words', visibleWhen: { in: [{ var: 'job' }, ['a', 'b']] } }],
  ],
  [
    'is shown by another field',
    [{ field: 'job' }, { field: 'words', visibleWhen: { has_any: [{ var: 'hobbies' }, ['a']] } }],
  ],
  ['has more than one line', [{ field: 'job' }, { field: 'story', visibleWhen: { '==': [{ var: 'job' }, 'other'] } }]],
  ['is below no choice', [{ field: 'words', visibleWhen: { '==': [{ var: 'job' }, 'other'] } }, { field: 'job' }]],
])('a text is another question where it %s', (_why, items) => {
  expect(ownWordsOf(layoutOf(...items), fields)).toEqual([]);
});
