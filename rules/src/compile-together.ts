import type { Node } from './ast.ts';
import { compileCondition } from './js.ts';
import type { Row } from './json.ts';
import type { Moment } from './moment.ts';
import { predicateName, predicatesIn } from './predicates.ts';

/** Rules that are asked of the same customer one after the other. */
export interface CompiledTogether {
  /** To be called before another customer, or another moment, is asked about. */
  begin(): void;
  /** In the order of the rules. */
  readonly holds: readonly ((row: Row, moment: Moment) => boolean)[];
}

/**
 * Compiles rules so that a predicate which stands in several of them is asked once of each customer, whichever rules are asked. A predicate
 * that stands in one alone is compiled as ever.
 */
export function compileTogether(rules: readonly Node[]): CompiledTogether {
  const places = new Map<string, number>();
  const times = new Map<string, number>();
  for (const name of rules.flatMap(predicatesIn).map(predicateName)) times.set(name, (times.get(name) ?? 0) + 1);
  for (const [name, count] of times) if (count > 1) places.set(name, places.size);
  const answers = new Answers(places.size);
  const holds = rules.map((rule) => compileCondition(remembering(rule, places, answers)));
  return { begin: () => answers.forget(), holds };
}

/** What predicates answered of the customer in hand. */
class Answers {
  /** By place: twice the turn in which a predicate was asked, and one more where it held. */
  readonly told: Float64Array;
  /** Twice the number of the turn. */
  turn = 2;

  constructor(size: number) {
    this.told = new Float64Array(size);
  }

  forget(): void {
    this.turn += 2;
  }
}

function remembering(node: Node, places: ReadonlyMap<string, number>, answers: Answers): Node {
  if (node.kind !== 'call') return node;
  if (node.operator.gives === 'join')
    return { ...node, operands: node.operands.map((operand) => remembering(operand, places, answers)) };
  const place = node.operator.gives === 'predicate' ? places.get(predicateName(node)) : undefined;
  if (place === undefined) return node;
  const ask = compileCondition(node);
  const js = () => (row: Row, moment: Moment) => {
    const told = answers.told[place]! - answers.turn;
    if (told >= 0) return told === 1;
    const answer = ask(row, moment);
    answers.told[place] = answers.turn + Number(answer);
    return answer;
  };
  return { ...node, operator: { ...node.operator, js } };
}
