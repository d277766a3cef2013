import jsonLogic from 'json-logic-js';
import { LogicEngine } from 'json-logic-engine';
import {
  checkRule,
  compileRule,
  momentAt,
  portableOperations,
  ruleToPortable,
  type Node,
  type Row,
  type Rule,
} from '@kequn/rules';
import { benchCatalogue } from './bench-fields.ts';
import { eightConditions, eightPlainConditions } from './eight-conditions.ts';
import { operationsPerSecond, type Pass } from './operations.ts';
import { person } from './people.ts';
import type { Section } from './section.ts';

const ROWS = 1_000;
const moment = momentAt(new Date().toISOString(), benchCatalogue.timeZone);
const operations = Object.entries(portableOperations(moment));

/** One rule on one customer: the compiled rule against two JSON-logic engines on its portable form. */
export const rulesSection: Section = {
  name: 'rules',
  about: 'one rule on one customer, in one process',
  async run() {
    return [
      ...ratesOn('eight conditions, one of an age', eightConditions),
      ...ratesOn('eight conditions', eightPlainConditions),
    ];
  },
};

function ratesOn(name: string, rule: Rule): readonly object[] {
  const rows: readonly Row[] = Array.from({ length: ROWS }, (_, n) => ({ ...person(n) }));
  const engines = enginesOf(checked(rule));
  const passes = engines.map((engine) => passOver(rows, engine));
  requireAgreement(passes.map((pass) => pass()));
  const rates = operationsPerSecond(passes, rows.length);
  return engines.map(({ what, goal }, index) => ({
    rule: name,
    by: what,
    'ops/s': Math.round(rates[index]!),
    'compiled is faster': `${(rates[0]! / rates[index]!).toFixed(1)} ×`,
    goal,
  }));
}

interface Engine {
  readonly what: string;
  readonly goal: string;
  holds(row: Row): boolean;
}

function enginesOf(rule: Node): readonly Engine[] {
  const compiled = compileRule(rule);
  return [
    { what: 'compileRule', goal: '', holds: (row) => compiled(row, moment) },
    { what: 'json-logic-js, apply', goal: '≥ 8 ×', holds: byJsonLogic(rule) },
    { what: 'json-logic-engine, build', goal: '', holds: byLogicEngine(rule) },
  ];
}

function passOver(rows: readonly Row[], { holds }: Engine): Pass {
  return () => rows.filter(holds).length;
}

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, benchCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

function byJsonLogic(rule: Node): Engine['holds'] {
  for (const [name, operation] of operations) jsonLogic.add_operation(name, operation);
  const portable = ruleToPortable(rule) as jsonLogic.RulesLogic;
  return (row) => jsonLogic.apply(portable, row) === true;
}

function byLogicEngine(rule: Node): Engine['holds'] {
  const engine = new LogicEngine();
  for (const [name, operation] of operations) engine.addMethod(name, (operands) => operation(...operands));
  const built = engine.build(ruleToPortable(rule));
  return (row) => built(row) === true;
}

/** A faster answer counts only if it is the same one. */
function requireAgreement(counts: readonly number[]): void {
  if (new Set(counts).size > 1) throw new Error(`The engines do not agree: ${counts.join(', ')} customers`);
}
