import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRow, arbitraryRule, suiteCatalogue, suiteMoment } from '../suites/index.ts';
import { checkRule, compileRule, compileTogether, type Node, type Row, type Rule } from './index.ts';

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** A condition that counts how often it reads the customer. */
function watched(row: Row): { row: Row; reads: () => number } {
  let reads = 0;
  const watching = new Proxy(row, {
    get(target, key) {
      reads += 1;
      return Reflect.get(target, key) as unknown;
    },
  });
  return { row: watching, reads: () => reads };
}

test('a predicate of several rules is asked once of a customer, and anew of the next', () => {
  const dear: Rule = { '>': [{ var: 'charges' }, 70] };
  const { begin, holds } = compileTogether([dear, { and: [dear, true] }, { '!': [dear] }].map(checked));
  const verdicts = (row: Row) => holds.map((each) => each(row, suiteMoment));
  const { row, reads } = watched({ charges: 80 });
  begin();
  expect(verdicts(row)).toEqual([true, true, false]);
  expect(reads()).toBe(1);
  begin();
  expect(verdicts({ charges: 60 })).toEqual([false, false, true]);
});

test('rules say together what each says alone, in any order and choice', () => {
  const rules = fc.array(arbitraryRule, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      rules,
      fc.array(arbitraryRow, { minLength: 3, maxLength: 3 }),
      fc.array(fc.nat(5)),
      (some, rows, order) => {
        const nodes = [...some, ...some.map((rule): Rule => ({ '!': [rule] }))].map(checked);
        const together = compileTogether(nodes);
        const alone = nodes.map(compileRule);
        for (const row of rows) {
          together.begin();
          for (const index of [...order, ...nodes.keys()].map((n) => n % nodes.length))
            expect(together.holds[index]!(row, suiteMoment)).toBe(alone[index]!(row, suiteMoment));
        }
      },
    ),
    { numRuns: 100 },
  );
}, 30_000);
