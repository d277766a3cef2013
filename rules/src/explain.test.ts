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
