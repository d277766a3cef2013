import fc from 'fast-check';
import jsonLogic from 'json-logic-js';
import { describe, expect, test } from 'vitest';
import {
  arbitraryRow,
  arbitraryRule,
  fullRow,
  suiteCatalogue,
  suiteMoment,
  suiteRegions,
  suiteSegments,
  suites,
  suiteUsers,
} from '../suites/index.ts';
import {
  checkRule,
  compileRule,
  locales,
  portableOperations,
  ruleToPortable,
  sayRule,
  type Node,
  type Row,
  type Rule,
} from './index.ts';

for (const [name, operation] of Object.entries(portableOperations(suiteMoment)))
  jsonLogic.add_operation(name, operation);

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

function runPortable(node: Node, row: Row): unknown {
  return jsonLogic.apply(ruleToPortable(node) as jsonLogic.RulesLogic, row);
}

describe.each(Object.entries(suites))('suite %s', (_name, cases) => {
  test.each(cases.map((each) => [JSON.stringify(each.rule), each] as const))('%s', (_title, { rule, rows, says }) => {
    const node = checked(rule);
    const holds = compileRule(node);
    for (const [row, verdict] of rows) {
      expect({ row, js: holds(fullRow(row), suiteMoment), portable: runPortable(node, fullRow(row)) }).toEqual({
        row,
        js: verdict,
        portable: verdict,
      });
    }
    if (says) {
      const reader = { users: suiteUsers, regions: suiteRegions, segments: suiteSegments, timeZone: 'Asia/Shanghai' };
      expect(Object.fromEntries(locales.map((locale) => [locale, sayRule(node, { ...reader, locale })]))).toEqual(says);
    }
  });
});

test('JS and unmodified json-logic-js agree on random rules and customers', () => {
  fc.assert(
    fc.property(arbitraryRule, fc.array(arbitraryRow, { minLength: 5, maxLength: 5 }), (rule, rows) => {
      const node = checked(rule);
      const holds = compileRule(node);
      for (const row of rows) expect(runPortable(node, row)).toBe(holds(row, suiteMoment));
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

test('every rule and its negation divide the customers between them', () => {
  fc.assert(
    fc.property(arbitraryRule, arbitraryRow, (rule, row) => {
      expect(compileRule(checked({ '!': [rule] }))(row, suiteMoment)).toBe(
        !compileRule(checked(rule))(row, suiteMoment),
      );
    }),
  );
});
