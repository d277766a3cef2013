import type { Call, Node } from '../ast.ts';
import { sentence, type Sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import { Conditions } from './conditions.ts';
import { ALWAYS, NEVER, type Diagram } from './diagram.ts';
import { remarksOnJoin } from './remarks-on-join.ts';
import type { Finding, FindingCode, Remark } from './finding.ts';
import { isOfCustomer } from './known-operators.ts';
import { unequalLiterals } from './literals.ts';
import { placesOf, type Part } from './parts.ts';
import { Teller, type Names } from './words.ts';

const noneMeets = sentence('没有客户能满足：{and}', 'No customer can meet this: {and}');
const allMeet = sentence('每个客户都满足：{and}', 'Every customer meets this: {and}');
const takenBefore = sentence(
  '满足{0}的客户都已归入前面的情况，这一项不会用到',
  'Whoever meets {0} is taken by a case before it, so this is never used',
);
const allTaken = sentence(
  '所有客户都已归入前面的情况，后面的不会用到',
  'The cases before take everybody, so what follows is never used',
);

/** Findings of one rule at the most: more would not be read. */
const MOST_FINDINGS = 60;

/**
 * What a checked rule says in vain, each at the smallest condition that shows it. A finding is right for every customer whose values are in
 * their normal form, at the moment and ever after; what cannot be told for sure is not told.
 */
export function analyseRule(rule: Node, moment: Moment, names: Names): readonly Finding[] {
  const analysis = new Analysis(new Conditions(rule, moment));
  analysis.visit(rule);
  const teller = new Teller(names);
  return analysis.remarks.slice(0, MOST_FINDINGS).map((remark) => teller.tell(remark));
}

/** Whether a checked rule holds for every customer by what it says, at the moment and ever after; what cannot be told for sure is not told. */
export function holdsForEverybody(rule: Node, moment: Moment): boolean {
  return new Conditions(rule, moment).of(rule) === ALWAYS;
}

/** One walk through a rule. */
class Analysis {
  readonly remarks: Remark[] = [];
  readonly #conditions: Conditions;

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
  }

  /** Tells of a condition or a value, and first of all in it. */
  visit(node: Node): void {
    if (node.kind !== 'call') return;
    const { key } = node.operator;
    if (key === 'and' || key === 'or') return this.#join(node);
    const before = this.remarks.length;
    this.remarks.push(...unequalLiterals(node));
    if (isOfCustomer(node)) for (const operand of node.operands) this.visit(operand);
    if (key === 'if') this.#branches(node);
    // What is told of a part is most likely the cause of what could be told of the whole.
    if (node.type === 'BOOLEAN' && this.remarks.length === before) this.#constant(node);
  }

  #constant(node: Call): void {
    const holds = this.#conditions.of(node);
    if (holds === NEVER) this.#tell('IMPOSSIBLE', node.path, noneMeets, [node]);
    if (holds === ALWAYS) this.#tell('ALWAYS_TRUE', node.path, allMeet, [node]);
  }

  #tell(code: FindingCode, path: string, words: Sentence, nodes: readonly Node[]): void {
    this.remarks.push({ code, path, words, nodes });
  }

  /** Of conditions that are joined; a part that is true or false by itself has been told of, unless it is written so. */
  #join(join: Call): void {
    const parts = this.#partsOf(join, join.operator.key);
    for (const { node } of parts) this.visit(node);
    const open = parts.filter(({ node, holds }) => node.kind === 'literal' || !isConstant(holds));
    this.remarks.push(...remarksOnJoin(join, open, this.#conditions.diagrams));
  }

  /** The operands of a join and, in their place, those of operands that join alike, unless such a group is told of by itself. */
  #partsOf(join: Call, key: string): readonly Part[] {
    return placesOf(join).flatMap(({ node, path }) => {
      const holds = this.#conditions.of(node);
      if (node.kind === 'call' && node.operator.key === key && !isConstant(holds)) {
        // A group of one is as needless as what is in it.
        return this.#partsOf(node, key).map((part) => (node.operands.length === 1 ? { ...part, path } : part));
      }
      return [{ node, path, holds: key === 'and' ? holds : this.#conditions.diagrams.not(holds) }];
    });
  }

  /** Of the cases of an `if`: which are never used because of those before. */
  #branches(choice: Call): void {
    const { diagrams } = this.#conditions;
    const cases = placesOf(choice).filter((_, index) => index % 2 === 0);
    let left = ALWAYS;
    for (const [index, { node, path }] of cases.entries()) {
      if (left === NEVER) return this.#tell('UNREACHABLE', path, allTaken, []);
      if (index === (choice.operands.length - 1) / 2) return;
      const holds = this.#conditions.of(node);
      // It has been told of itself that it takes everybody.
      if (holds === ALWAYS && node.kind !== 'literal') return;
      if (holds !== NEVER && diagrams.and(left, holds) === NEVER) this.#tell('UNREACHABLE', path, takenBefore, [node]);
      left = diagrams.and(left, diagrams.not(holds));
    }
  }
}

function isConstant(holds: Diagram): boolean {
  return holds === ALWAYS || holds === NEVER;
}
