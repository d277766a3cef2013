import jsonLogic from 'json-logic-js';
import {
  analyseRule,
  checkRule,
  compileRule,
  compileTogether,
  fieldsOf,
  momentAt,
  portableOperations,
  ruleToPortable,
  type Node,
  type Row,
  type Rule,
} from '@kequn/rules';
import { benchCatalogue } from './bench-fields.ts';
import { operationsPerSecond, type Pass } from './operations.ts';
import { person } from './people.ts';
import type { Section } from './section.ts';
import { editedField, segmentConditions, segmentRule } from './segment-rules.ts';

const RULES = [10, 100, 1_000, 10_000];
const ROWS = 50;
const moment = momentAt(new Date().toISOString(), benchCatalogue.timeZone);

/** What so many segments cost one customer: all rules, as for a new customer, and those that read one field, as for an edit of it. */
export const manyRulesSection: Section = {
  name: 'many-rules',
  about:
    'all rules on one customer, and after an edit of one field; and what a rule of 200 conditions takes to check and analyse',
  async run() {
    for (const [name, operation] of Object.entries(portableOperations(moment)))
      jsonLogic.add_operation(name, operation);
    return [...RULES.flatMap(ratesWith), ...timesOfLongRule()];
  },
};

function ratesWith(count: number): readonly object[] {
  const rules = Array.from({ length: count }, (_, n) => checked(segmentRule(n)));
  const edited = rules.filter((rule) => fieldsOf(rule).has(editedField));
  const rows: readonly Row[] = Array.from({ length: ROWS }, (_, n) => ({ ...person(n) }));
  const ways = [
    { what: 'json-logic-js, all rules', goal: '', pass: byJsonLogic(rules, rows) },
    { what: 'compiled one by one, all rules', goal: '', pass: oneByOne(rules, rows) },
    { what: 'compiled together, all rules', goal: '', pass: together(rules, rules, rows) },
    {
      what: 'compiled together, an edit of one field',
      goal: count === 1_000 ? '≥ 50 ×' : '',
      pass: together(rules, edited, rows),
    },
  ];
  const [all, ...others] = ways.slice(0, 3).map(({ pass }) => pass());
  if (others.some((other) => other !== all)) throw new Error('The ways do not agree');
  const rates = operationsPerSecond(
    ways.map(({ pass }) => pass),
    ROWS,
  );
  return ways.map(({ what, goal }, index) => ({
    segments: count,
    by: what,
    'µs a customer': Math.round(1e7 / rates[index]!) / 10,
    'against json-logic-js': `${(rates[index]! / rates[0]!).toFixed(1)} ×`,
    goal,
  }));
}

function byJsonLogic(rules: readonly Node[], rows: readonly Row[]): Pass {
  const portable = rules.map((rule) => ruleToPortable(rule) as jsonLogic.RulesLogic);
  return () => sum(rows, (row) => portable.filter((rule) => jsonLogic.apply(rule, row) === true).length);
}

function oneByOne(rules: readonly Node[], rows: readonly Row[]): Pass {
  const holds = rules.map(compileRule);
  return () => sum(rows, (row) => holds.filter((each) => each(row, moment)).length);
}

function together(rules: readonly Node[], asked: readonly Node[], rows: readonly Row[]): Pass {
  const { begin, holds } = compileTogether(rules);
  const some = new Set(asked);
  const chosen = holds.filter((_, index) => some.has(rules[index]!));
  return () =>
    sum(rows, (row) => {
      begin();
      return chosen.filter((each) => each(row, moment)).length;
    });
}

function sum(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function timesOfLongRule(): readonly object[] {
  const rule: Rule = {
    or: Array.from({ length: 40 }, (_, n) => ({
      and: Array.from({ length: 5 }, (_each, m) => segmentConditions[(n * 5 + m * 7) % segmentConditions.length]!),
    })),
  };
  const node = checked(rule);
  const passes: readonly (readonly [string, string, Pass])[] = [
    ['checkRule, 200 conditions', '', () => (checkRule(rule, benchCatalogue).ok ? 1 : 0)],
    ['analyseRule, 200 conditions', '≤ 20 ms', () => analyseRule(node, moment, benchCatalogue).length],
  ];
  const rates = operationsPerSecond(
    passes.map(([, , pass]) => pass),
    1,
  );
  return passes.map(([what, goal], index) => ({ by: what, ms: Math.round(1e5 / rates[index]!) / 100, goal }));
}

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, benchCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
