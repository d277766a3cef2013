import { describe, expect, test } from 'vitest';
import { suiteCatalogue, suiteFields, suiteMoment } from '../../suites/index.ts';
import {
  analyseRule,
  catalogueOf,
  checkRule,
  holdsForEverybody,
  type FieldDefinition,
  type Finding,
  type FieldType,
  type Rule,
} from '../index.ts';

function fieldOf(key: string, type: FieldType, zh: string, en: string): FieldDefinition {
  return { ...suiteFields[0]!, key, type, label: zh, labels: { 'zh-CN': zh, en } };
}

const more = [
  fieldOf('email', 'EMAIL', '邮箱', 'E-mail'),
  fieldOf('phone', 'PHONE', '电话', 'Phone'),
  fieldOf('stars', 'RATING', '评分', 'Rating'),
];
const catalogue = catalogueOf([...suiteFields, ...more], suiteCatalogue.users, 'Asia/Shanghai', suiteCatalogue.regions);

function found(rule: Rule): readonly Finding[] {
  const outcome = checkRule(rule, catalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return analyseRule(outcome.value, suiteMoment, catalogue);
}

const v = (key: string): Rule => ({ var: key });
const is = (key: string, value: Rule): Rule => ({ '==': [v(key), value] });
const isNot = (key: string, value: Rule): Rule => ({ '!=': [v(key), value] });

/** Code and path of each finding, and what makes it needless. */
function brief(rule: Rule): readonly string[] {
  return found(rule).map(({ code, path, other }) => [code, path, ...(other === undefined ? [] : [other])].join(' '));
}

test.each<[Rule, boolean]>([
  [true, true],
  [{ '!': [false] }, true],
  [{ or: [is('city', null), isNot('city', null)] }, true],
  [{ or: [is('city', '北京'), true] }, true],
  [{ and: [true, is('city', '北京')] }, false],
  [isNot('city', null), false],
  [false, false],
])('%j holds for everybody: %j', (rule, holds) => {
  const outcome = checkRule(rule, catalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  expect(holdsForEverybody(outcome.value, suiteMoment)).toBe(holds);
});

describe('findings', () => {
  test.each<[string, Rule, readonly string[]]>([
    ['two values of one field', { and: [is('city', '北京'), is('city', '上海')] }, ['IMPOSSIBLE ']],
    ['an order that nothing is in', { and: [{ '>': [v('charges'), 5] }, { '<': [v('charges'), 5] }] }, ['IMPOSSIBLE ']],
    [
      'days have none between',
      { and: [{ '>': [v('born'), '2024-01-01'] }, { '<': [v('born'), '2024-01-02'] }] },
      ['IMPOSSIBLE '],
    ],
    ['numbers have some between', { and: [{ '>': [v('charges'), 1] }, { '<': [v('charges'), 2] }] }, []],
    ['empty and something', { and: [is('city', null), { starts_with: [v('city'), 'a'] }] }, ['IMPOSSIBLE ']],
    ['an empty list', { in: [v('city'), []] }, ['IMPOSSIBLE ']],
    ['ends the wrong way round', { '<=': [5, v('charges'), 3] }, ['IMPOSSIBLE ']],
    [
      'every option left out',
      {
        and: [
          isNot('contract', 'monthly'),
          isNot('contract', 'one_year'),
          isNot('contract', 'two_year'),
          isNot('contract', null),
        ],
      },
      ['IMPOSSIBLE '],
    ],
    [
      'every option left out, but none may be chosen',
      { and: [isNot('contract', 'monthly'), isNot('contract', 'one_year'), isNot('contract', 'two_year')] },
      [],
    ],
    [
      'the smallest group',
      { or: [is('vip', true), { and: [is('city', 'a'), { and: [is('city', 'b'), is('city', 'c')] }] }] },
      ['IMPOSSIBLE /or/1/and/1'],
    ],
    [
      'a condition and its opposite',
      { and: [{ '>': [v('charges'), v('tenure')] }, { '<': [v('charges'), v('tenure')] }] },
      ['IMPOSSIBLE '],
    ],
    [
      'a city outside of its province',
      { and: [{ within_region: [v('region'), '110105'] }, { within_region: [v('region'), '440000'] }] },
      ['IMPOSSIBLE '],
    ],
    [
      'one of the options that none may be',
      { and: [{ has_any: [v('tags'), ['monthly']] }, { has_none: [v('tags'), ['monthly', 'one_year']] }] },
      ['IMPOSSIBLE '],
    ],
    [
      'a text that does not end so',
      { and: [is('city', 'a@x.cn'), { ends_with: [v('city'), '@y.cn'] }] },
      ['IMPOSSIBLE '],
    ],
    ['six stars of ten', { '>': [v('stars'), 10] }, ['IMPOSSIBLE ']],
    [
      'days gone by for good',
      { and: [{ '<': [v('joined'), '2020-01-01'] }, { within_last: [v('joined'), 30, 'day'] }] },
      ['IMPOSSIBLE '],
    ],
    [
      'days to come that will have gone by',
      { and: [{ '>': [v('joined'), '2030-01-01'] }, { within_last: [v('joined'), 30, 'day'] }] },
      [],
    ],
    [
      'a day both behind and ahead',
      { and: [{ '>': [{ days_since: [v('joined')] }, 5] }, { within_next: [v('joined'), 1, 'year'] }] },
      ['IMPOSSIBLE '],
    ],
    [
      'no day to count from',
      { and: [is('joined', null), { '>': [{ years_since: [v('joined')] }, 5] }] },
      ['IMPOSSIBLE '],
    ],
    [
      'everything there is',
      { or: [is('charges', null), { '>': [v('charges'), 5] }, { '<=': [v('charges'), 5] }] },
      ['ALWAYS_TRUE '],
    ],
    ['all but empty', { or: [{ '>': [v('charges'), 5] }, { '<=': [v('charges'), 5] }] }, []],
    ['not this or not that', { or: [isNot('city', '北京'), isNot('city', '上海')] }, ['NEGATION_UNDER_OR ']],
    [
      'not this or not that, of several options',
      { or: [{ has_none: [v('tags'), ['monthly']] }, { has_none: [v('tags'), ['one_year']] }] },
      [],
    ],
    [
      'twice the same',
      { and: [is('city', 'a'), is('vip', true), { in: [v('city'), ['a']] }] },
      ['REDUNDANT /and/2 /and/0'],
    ],
    [
      'follows from all others',
      { or: [{ '<': [v('charges'), 5] }, { '<=': [5, v('charges'), 9] }, { '<': [2, v('charges'), 7] }] },
      ['REDUNDANT /or/2'],
    ],
    [
      'more than less',
      { and: [{ '>': [v('charges'), 50] }, { '>': [v('charges'), 100] }] },
      ['SUBSET_OF /and/0 /and/1'],
    ],
    ['less than more', { or: [{ '>': [v('charges'), 50] }, { '>': [v('charges'), 100] }] }, ['SUBSET_OF /or/1 /or/0']],
    [
      'a longer window',
      { and: [{ within_last: [v('joined'), 7, 'day'] }, { within_last: [v('joined'), 30, 'day'] }] },
      ['SUBSET_OF /and/1 /and/0'],
    ],
    [
      'a week and a month',
      { or: [{ within_last: [v('created_at'), 7, 'day'] }, { within_last: [v('created_at'), 1, 'month'] }] },
      ['SUBSET_OF /or/0 /or/1'],
    ],
    [
      '30 days and a month',
      { or: [{ within_last: [v('joined'), 30, 'day'] }, { within_last: [v('joined'), 1, 'month'] }] },
      [],
    ],
    [
      'a longer beginning',
      { and: [{ starts_with: [v('city'), 'ab'] }, { starts_with: [v('city'), 'a'] }] },
      ['SUBSET_OF /and/1 /and/0'],
    ],
    [
      'more of several options',
      { and: [{ has_all: [v('tags'), ['monthly', 'one_year']] }, { has_any: [v('tags'), ['monthly']] }] },
      ['SUBSET_OF /and/1 /and/0'],
    ],
    [
      'a group that is in another',
      { or: [{ and: [is('city', 'a'), is('vip', true)] }, is('city', 'a')] },
      ['SUBSET_OF /or/0 /or/1'],
    ],
    [
      'a case that an earlier one takes',
      { '>': [{ if: [{ '>': [v('charges'), 5] }, 1, { '>': [v('charges'), 9] }, 2, 3] }, 1] },
      ['UNREACHABLE />/0/if/2'],
    ],
    [
      'an end that is never come to',
      {
        '>': [
          {
            if: [
              { '>': [v('charges'), 5] },
              1,
              { '!': [{ '>': [v('charges'), 4] }] },
              2,
              { '<': [v('charges'), 6] },
              4,
              3,
            ],
          },
          1,
        ],
      },
      ['UNREACHABLE />/0/if/6'],
    ],
    ['space around a text', is('city', ' 北京'), ['UNEQUAL_LITERAL /==/1']],
    ['a capital in an address', { in: [v('email'), ['a@x.cn', 'B@x.cn']] }, ['UNEQUAL_LITERAL /in/1/1']],
    ['a phone as it is dialled', isNot('phone', '13800138000'), ['UNEQUAL_LITERAL /!=/1']],
    ['nothing in vain', { and: [is('city', 'a'), v('vip')] }, []],
  ])('%s', (_name, rule, expected) => expect(brief(rule)).toEqual(expected));

  test('are told once: what holds of a part is not told of the whole', () => {
    expect(brief({ and: [{ and: [is('city', '北京'), is('city', '上海')] }, is('vip', true)] })).toEqual([
      'IMPOSSIBLE /and/0',
    ]);
    expect(brief({ or: [{ in: [v('city'), []] }, { '!': [{ in: [v('city'), []] }] }] })).toEqual([
      'IMPOSSIBLE /or/0',
      'IMPOSSIBLE /or/1/!/0',
    ]);
  });

  test.each<[Rule, string, string]>([
    [
      { and: [is('city', '北京'), is('city', '上海')] },
      '没有客户能同时满足：「城市」是“北京”，且「城市」是“上海”',
      'No customer can meet all of these: City is “北京”, and City is “上海”',
    ],
    [
      { in: [v('city'), []] },
      '没有客户能满足：「城市」在空列表中',
      'No customer can meet this: City is in an empty list',
    ],
    [
      { or: [is('city', null), isNot('city', null)] },
      '每个客户都满足其中一项：「城市」为空，或「城市」不为空',
      'Every customer meets one of these: City is empty, or City is not empty',
    ],
    [
      { '!=': [is('vip', true), { '!': [is('vip', true)] }] },
      '每个客户都满足：（「会员」为“是”）不为（「会员」不为“是”）',
      'Every customer meets this: (VIP is yes) is not (VIP is not yes)',
    ],
    [
      { or: [isNot('city', '北京'), isNot('city', '上海')] },
      '每个客户都满足其中一项：「城市」不是“北京”，或「城市」不是“上海”。要把这些客户都排除，请用“且”',
      'Every customer meets one of these: City is not “北京”, or City is not “上海”. To leave all of them out, use “and”',
    ],
    [
      { and: [is('vip', true), v('vip')] },
      '（「会员」为“是”）与（「会员」为“是”）意思相同，留一项即可',
      '(VIP is yes) says the same as (VIP is yes): one of them is enough',
    ],
    [
      { and: [{ '>': [v('charges'), 50] }, { '>': [v('charges'), 100] }] },
      '满足（「月费」大于 100）的客户都满足（「月费」大于 50），这一项没有多排除任何客户',
      'Whoever meets (Monthly charges is greater than 100) also meets (Monthly charges is greater than 50), so this leaves nobody else out',
    ],
    [
      { or: [{ '>': [v('charges'), 50] }, { '>': [v('charges'), 100] }] },
      '满足（「月费」大于 100）的客户都已满足（「月费」大于 50），这一项没有增加任何客户',
      'Whoever meets (Monthly charges is greater than 100) already meets (Monthly charges is greater than 50), so this adds nobody',
    ],
    [
      { or: [{ '<': [v('charges'), 5] }, { '<=': [5, v('charges'), 9] }, { '<': [2, v('charges'), 7] }] },
      '有其他各项在，（「月费」在 2 到 7 之间（不含两端））不起作用',
      'Beside the other conditions, (Monthly charges is between 2 and 7 (exclusive)) changes nothing',
    ],
    [
      { if: [{ '>': [v('charges'), 5] }, v('vip'), { '>': [v('charges'), 9] }, v('churned')] },
      '满足（「月费」大于 9）的客户都已归入前面的情况，这一项不会用到',
      'Whoever meets (Monthly charges is greater than 9) is taken by a case before it, so this is never used',
    ],
    [
      { if: [v('vip'), v('churned'), { '!': [v('vip')] }, true, v('churned')] },
      '所有客户都已归入前面的情况，后面的不会用到',
      'The cases before take everybody, so what follows is never used',
    ],
    [
      is('city', ' 北京'),
      '「城市」保存时会去掉首尾的空白，永远不会等于“ 北京”',
      'City is stored without spaces at its ends, so it never equals “ 北京”',
    ],
    [
      is('city', '北\n京'),
      '「城市」只有一行，永远不会等于含有换行或制表符的“北\n京”',
      'City is a single line, so it never equals “北\n京”, which holds a line break or a tab',
    ],
    [
      is('email', 'A@x.cn'),
      '「邮箱」按小写保存，永远不会等于“A@x.cn”',
      'E-mail is stored in lower case, so it never equals “A@x.cn”',
    ],
    [
      is('phone', '13800138000'),
      '「电话」按国际格式保存（如 +8613800138000），永远不会等于“13800138000”',
      'Phone is stored with its country code (such as +8613800138000), so it never equals “13800138000”',
    ],
  ])('%j in words', (rule, zh, en) => expect(found(rule).map(({ message }) => message)).toEqual([{ 'zh-CN': zh, en }]));
});
