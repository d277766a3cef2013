import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arbitraryRow,
  arbitraryRule,
  fullRow,
  suiteCatalogue,
  suiteMoment,
  suiteRegions,
  suiteUsers,
} from '../suites/index.ts';
import { checkRule, compileRule, explainRule, type Explained, type Node, type Row, type Rule } from './index.ts';

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

function explained(rule: Rule, row: Row, mayRead: (key: string) => boolean = () => true): Explained {
  const reader = { locale: 'zh-CN', users: suiteUsers, regions: suiteRegions, timeZone: 'Asia/Shanghai' } as const;
  return explainRule(checked(rule), { row: fullRow(row), moment: suiteMoment, reader, mayRead });
}

describe('a rule explained', () => {
  test.each<[Rule, Row, string | undefined]>([
    [{ '>=': [{ var: 'charges' }, 1_000] }, { charges: 700 }, '还差 300'],
    [{ '<': [{ var: 'charges' }, 100] }, { charges: 100.5 }, '多出 0.5'],
    [{ '<': [100, { var: 'charges' }] }, { charges: 90 }, '还差 10'],
    [{ '<=': [10, { var: 'charges' }, 20] }, { charges: 25 }, '多出 5'],
    [{ '<=': [10, { var: 'charges' }, 20] }, { charges: 4 }, '还差 6'],
    [{ '>': [{ var: 'charges' }, 5] }, { charges: 5 }, undefined],
    [{ '>': [{ var: 'charges' }, 5] }, {}, undefined],
    [{ '>': [{ var: 'charges' }, 5] }, { charges: 6 }, undefined],
    [{ '>=': [{ days_since: [{ var: 'joined' }] }, 28] }, { joined: '2026-02-13' }, '还差 12 天'],
    [{ '>': [{ days_since: [{ var: 'joined' }] }, 90] }, { joined: '2026-02-23' }, '还差 85 天'],
    [{ '<': [{ var: 'joined' }, '2026-01-01'] }, { joined: '2026-01-12' }, '晚了 12 天'],
    [{ '>': [{ var: 'city' }, 'b'] }, { city: 'a' }, undefined],
  ])('tells how far %j is from holding for %j', (rule, row, miss) => {
    expect(explained(rule, row).miss).toBe(miss);
  });

  test('marks what decided the whole', () => {
    const [rich, local]: Rule[] = [{ '>': [{ var: 'charges' }, 100] }, { '==': [{ var: 'city' }, 'a'] }];
    const decisive = (rule: Rule) => explained(rule, { city: 'a' }).children?.map(({ decides }) => decides === true);
    expect(decisive({ and: [rich!, local!] })).toEqual([true, false]);
    expect(decisive({ or: [rich!, local!] })).toEqual([false, true]);
    expect(decisive({ '!': [rich!] })).toEqual([true]);
  });

  test('tells every condition with what is actually there', () => {
    const rule: Rule = {
      and: [{ '>': [{ var: 'charges' }, 100] }, { '!': [{ within_last: [{ var: 'joined' }, 30, 'day'] }] }],
    };
    expect(explained(rule, { charges: 80, joined: '2026-02-20' })).toMatchObject({
      path: '',
      operation: 'and',
      result: false,
      children: [
        { path: '/and/0', operation: '>', text: '「月费」大于 100', actual: 80, actualText: '80', result: false },
        {
          path: '/and/1',
          operation: '!',
          result: false,
          children: [{ path: '/and/1/!/0', actual: '2026-02-20', actualText: '2026年2月20日', result: true }],
        },
      ],
    });
  });

  test('tells what was reckoned, and two fields as both', () => {
    expect(explained({ '>=': [{ days_since: [{ var: 'joined' }] }, 5] }, { joined: '2026-02-20' })).toMatchObject({
      actual: 9,
      result: true,
    });
    expect(explained({ '==': [{ var: 'city' }, { var: 'home_town' }] }, { city: '上海' })).toMatchObject({
      actual: ['上海', null],
      actualText: '“上海” / 空',
      result: false,
    });
  });

  test('keeps what its reader may not know', () => {
    const outcome = explained({ '>': [{ var: 'charges' }, 100] }, { charges: 80 }, (key) => key !== 'charges');
    expect(outcome).toMatchObject({ redacted: true, result: false });
    expect(outcome).not.toHaveProperty('actual');
  });

  test('gives the answer of the rule, and each join that of its parts, for random rules', () => {
    const follows = ({ operation, result, children }: Explained): boolean => {
      if (!children) return true;
      const results = children.map((child) => child.result);
      const expected =
        operation === 'and' ? results.every(Boolean) : operation === 'or' ? results.some(Boolean) : !results[0];
      return result === expected && children.every(follows);
    };
    fc.assert(
      fc.property(arbitraryRule, arbitraryRow, (rule, row) => {
        const outcome = explained(rule, row);
        expect(outcome.result).toBe(compileRule(checked(rule))(fullRow(row), suiteMoment));
        expect(follows(outcome)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
