import { describe, expect, it } from 'vitest';
import { suiteFields, suiteMoment } from '../../suites/index.ts';
import {
  answerForm,
  catalogueOf,
  checkForm,
  checkFormula,
  compileForm,
  type FormAnswers,
  type FormItem,
  type FormLayout,
  type HiddenValues,
  type Json,
  type Node,
  type Row,
  type Rule,
} from '../index.ts';
import { checkTools } from '../tools/index.ts';

const catalogue = { ...catalogueOf(suiteFields), formulas: new Map<string, Node>() };

function layoutOf(...items: readonly FormItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }] }] }] };
}

function problemsOf(layout: FormLayout): readonly [path: string, code: string][] {
  const outcome = checkForm(layout, catalogue);
  return outcome.ok ? [] : outcome.problems.map(({ path, code }) => [path, code]);
}

function compiled(layout: FormLayout, hiddenValues: HiddenValues = 'KEEP', formulas = catalogue.formulas) {
  const outcome = checkForm(layout, { ...catalogue, formulas });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return compileForm(outcome.value, hiddenValues, checkTools);
}

const answersOf = (entered: Readonly<Record<string, Json>>, stored: Row | null = null): FormAnswers => ({
  entered,
  stored,
  mayWrite: () => true,
  moment: suiteMoment,
});

const isVip: Rule = { '==': [{ var: 'vip' }, true] };
const at = '/pages/0/sections/0/columns/0/items';

describe('what is wrong with a layout is told with its place', () => {
  it.each<[string, FormLayout, [string, string][]]>([
    ['an unknown field', layoutOf({ field: 'nothing' }), [[`${at}/0`, 'UNKNOWN_FIELD']]],
    ['a system field', layoutOf({ field: 'owner' }), [[`${at}/0`, 'UNKNOWN_FIELD']]],
    ['a field twice', layoutOf({ field: 'city' }, { field: 'city' }), [[`${at}/1`, 'INVALID']]],
    [
      'a picture that is not chosen or not described',
      layoutOf({ picture: '' }, { picture: 'p' }, { picture: 'p', alt: ' ' }, { picture: 'p', alt: { en: '' } }),
      [
        [`${at}/0/picture`, 'REQUIRED'],
        ...[0, 1, 2, 3].map((item): [string, string] => [`${at}/${item}/alt`, 'REQUIRED']),
      ],
    ],
    [
      'pictures with words in one language, and one that is a decoration on purpose',
      layoutOf(
        { picture: 'p', alt: 'A cup' },
        { picture: 'p', alt: { en: '', 'zh-CN': '杯子' } },
        { picture: 'p', alt: '' },
      ),
      [],
    ],
    [
      'a rule of a picture',
      layoutOf({ picture: 'p', alt: '', visibleWhen: { '==': [{ var: 'nothing' }, 1] } }),
      [[`${at}/0/visibleWhen/==/0/var`, 'UNKNOWN_FIELD']],
    ],
    [
      'a rule that is none',
      layoutOf({ field: 'city', visibleWhen: { '==': [{ var: 'nothing' }, 1] } }),
      [[`${at}/0/visibleWhen/==/0/var`, 'UNKNOWN_FIELD']],
    ],
    [
      'a rule over segments',
      layoutOf({ field: 'city', requiredWhen: { in_segment: ['gold'] } }),
      [[`${at}/0/requiredWhen/in_segment`, 'TYPE']],
    ],
    ['a value of another type', layoutOf({ field: 'charges', default: 'ten' }), [[`${at}/0/default`, 'TYPE']]],
    [
      'an option that there is not',
      layoutOf({ field: 'tags', default: ['x'] }),
      [[`${at}/0/default/0`, 'UNKNOWN_OPTION']],
    ],
    ['a rule that reads its own field', layoutOf({ field: 'vip', visibleWhen: isVip }), [[`${at}/0`, 'CYCLE']]],
    [
      'rules that go round',
      layoutOf({ field: 'vip', visibleWhen: { '==': [{ var: 'city' }, 'a'] } }, { field: 'city', visibleWhen: isVip }),
      [[`${at}/0`, 'CYCLE']],
    ],
  ])('%s', (_, layout, expected) => {
    expect(problemsOf(layout)).toEqual(expected);
  });

  it('names the way of a cycle', () => {
    const layout = layoutOf(
      { field: 'vip', compute: { '>': [{ var: 'charges' }, 5] } },
      { field: 'charges', readOnlyWhen: isVip },
    );
    const outcome = checkForm(layout, catalogue);
    const labels = ['vip', 'charges', 'vip'].map((key) => catalogue.fields.get(key)!.labels['en']);
    expect(outcome.ok ? [] : outcome.problems.map(({ message }) => message.en)).toEqual([
      `The rules depend on themselves: ${labels.join(' → ')}`,
    ]);
  });
});

describe('a form as it is filled', () => {
  it('shows, asks for and locks by what is entered', () => {
    const form = compiled(
      layoutOf(
        { field: 'vip' },
        { field: 'city', visibleWhen: isVip, requiredWhen: isVip },
        { field: 'charges', readOnlyWhen: isVip },
      ),
    );
    const shown = (entered: Readonly<Record<string, Json>>) => {
      const { items, problems } = answerForm(form, answersOf(entered));
      const marks = [...items].map(([key, { visible, required, readOnly }]) =>
        [key, visible && 'visible', required && 'required', readOnly && 'read-only'].filter(Boolean).join(' '),
      );
      return { marks, problems: problems.map(({ path, code }) => `${path} ${code}`) };
    };
    expect(shown({ vip: false })).toEqual({
      marks: ['vip visible', 'city read-only', 'charges visible'],
      problems: [],
    });
    expect(shown({ vip: true, charges: 3 })).toEqual({
      marks: ['vip visible', 'city visible required', 'charges visible read-only'],
      problems: ['city REQUIRED', 'charges READ_ONLY'],
    });
  });

  it('hides what is in a hidden page', () => {
    const layout: FormLayout = {
      pages: [
        { sections: [{ columns: [{ items: [{ field: 'vip' }] }] }] },
        {
          visibleWhen: isVip,
          sections: [{ columns: [{ items: [{ text: 'Hello' }, { field: 'city', required: true }] }] }],
        },
      ],
    };
    const form = compiled(layout);
    const answered = answerForm(form, answersOf({ vip: false, city: 'a' }));
    expect([answered.isVisible('/pages/1'), [...answered.changes], answered.problems]).toEqual([
      false,
      [['vip', false]],
      [],
    ]);
    expect(answerForm(form, answersOf({ vip: true })).problems.map(({ code }) => code)).toEqual(['REQUIRED']);
  });

  it.each<[HiddenValues, [string, unknown][], boolean]>([
    ['KEEP', [['vip', false]], true],
    ['SKIP', [['vip', false]], false],
    [
      'CLEAR',
      [
        ['vip', false],
        ['city', null],
      ],
      false,
    ],
  ])('with %s a hidden value is written and read by rules so', (policy, changes, isRead) => {
    const hasName: Rule = { '!=': [{ var: 'city' }, null] };
    const form = compiled(
      layoutOf({ field: 'vip' }, { field: 'city', visibleWhen: isVip }, { field: 'charges', visibleWhen: hasName }),
      policy,
    );
    const stored = { vip: true, city: 'a', charges: null };
    const answered = answerForm(form, answersOf({ vip: false, city: 'b' }, stored));
    expect(new Map(answered.changes)).toEqual(new Map(changes));
    expect(answered.items.get('charges')!.visible).toBe(isRead);
  });

  it('computes values, starts with defaults, and reckons formulas in between', () => {
    const doubled = checkFormula({ '*': [{ var: 'charges' }, 2] }, catalogue);
    const formulas = new Map(doubled.ok ? [['tenure', doubled.value]] : []);
    const form = compiled(
      layoutOf(
        { field: 'city', default: { cat: ['age ', 'x'] } },
        { field: 'vip', compute: { '>': [{ var: 'tenure' }, 10] } },
        { field: 'charges' },
      ),
      'KEEP',
      formulas,
    );
    expect(Object.fromEntries(answerForm(form, answersOf({ charges: 6 })).changes)).toEqual({
      charges: 6,
      city: 'age x',
      vip: true,
    });
    expect(Object.fromEntries(answerForm(form, answersOf({ charges: 5, city: '' }, { charges: 4 })).changes)).toEqual({
      charges: 5,
      vip: false,
    });
  });

  it('offers options by rule, and keeps the one that stands', () => {
    const form = compiled(layoutOf({ field: 'vip' }, { field: 'contract', optionsWhen: { two_year: isVip } }));
    const codes = (entered: Readonly<Record<string, Json>>, stored: Row | null) =>
      answerForm(form, answersOf(entered, stored)).problems.map(({ code }) => code);
    expect(codes({ contract: 'two_year' }, null)).toEqual(['NOT_AN_OPTION']);
    expect(codes({ contract: 'two_year', vip: true }, null)).toEqual([]);
    expect(codes({ vip: false }, { vip: true, contract: 'two_year' })).toEqual([]);
  });

  it('refuses what it does not place, and leaves what its filler may not write', () => {
    const form = compiled(layoutOf({ field: 'city', required: true }));
    expect(
      answerForm(form, answersOf({ city: 'a', charges: 3 })).problems.map(({ path, code }) => [path, code]),
    ).toEqual([['charges', 'UNKNOWN_FIELD']]);
    const reader: FormAnswers = { ...answersOf({}, {}), mayWrite: () => false };
    expect(answerForm(form, reader)).toMatchObject({ problems: [], changes: new Map() });
  });
});
