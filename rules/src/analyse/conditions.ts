import { isPredicate, type Call, type FieldReference, type Node } from '../ast.ts';
import { compileCondition } from '../js.ts';
import type { Moment } from '../moment.ts';
import { fieldsOf } from '../references.ts';
import { Atoms, type Atom } from './atoms.ts';
import type { Cell } from './cells.ts';
import { ALWAYS, Diagrams, NEVER, type Diagram } from './diagram.ts';
import { chains, isOfCustomer, isPlain } from './known-operators.ts';
import { valuesOf } from './since.ts';

/** Keys of a list of options that are looked at one by one. */
const MOST_KEYS = 50;

/** Classes of a value and of the time since it that are looked at beside each other. */
const MOST_BESIDE = 500;

/** How a condition becomes a diagram, once all conditions of the rule are known. */
type Plan = () => Diagram;

/** When the conditions of one rule hold. */
export class Conditions {
  readonly diagrams = new Diagrams();
  readonly #atoms: Atoms;
  readonly #links = new Map<Node, readonly Call[]>();
  readonly #plans = new Map<Node, Plan>();
  readonly #outcomes = new Map<Node, Diagram>();
  readonly #moment: Moment;

  constructor(rule: Node, moment: Moment) {
    this.#moment = moment;
    const nodes = nodesOf(rule);
    const calls = nodes.filter((node) => node.kind === 'call');
    for (const call of calls) if (isChain(call)) this.#links.set(call, linksOf(call));
    this.#atoms = new Atoms([...calls, ...[...this.#links.values()].flat()], moment);
    for (const node of nodes) if (node.type === 'BOOLEAN') this.#plan(node);
  }

  /** When a condition of the rule holds. */
  of(node: Node): Diagram {
    const known = this.#outcomes.get(node) ?? this.#plan(node)();
    this.#outcomes.set(node, known);
    return known;
  }

  #plan(node: Node): Plan {
    const known = this.#plans.get(node) ?? this.#planOf(node);
    this.#plans.set(node, known);
    return known;
  }

  #planOf(node: Node): Plan {
    if (node.kind === 'literal' || node.kind === 'list')
      return constant(node.kind === 'literal' && node.value === true);
    if (node.kind !== 'call') return this.#atom(this.#atoms.atomOf(node));
    const links = this.#links.get(node);
    if (links) return this.#all(links);
    return this.#joined(node) ?? this.#having(node) ?? this.#single(node);
  }

  /** Of what joins conditions, or compares them with each other. */
  #joined({ operator, operands }: Call): Plan | undefined {
    switch (operator.key) {
      case 'and':
        return this.#all(operands);
      case 'or':
        return this.#any(operands);
      case '!':
        return this.#not(this.#plan(operands[0]!));
      case 'if':
        return this.#choice(operands);
      case '==':
        return operands.every(isPredicate) ? this.#same(operands) : undefined;
      case '!=':
        return operands.every(isPredicate) ? this.#not(this.#same(operands)) : undefined;
      default:
        return undefined;
    }
  }

  #all(nodes: readonly Node[]): Plan {
    for (const node of nodes) this.#plan(node);
    return () => this.diagrams.all(nodes.map((node) => this.of(node)));
  }

  #any(nodes: readonly Node[]): Plan {
    for (const node of nodes) this.#plan(node);
    return () => this.diagrams.any(nodes.map((node) => this.of(node)));
  }

  #not(plan: Plan): Plan {
    return () => this.diagrams.not(plan());
  }

  #same([a, b]: readonly Node[]): Plan {
    const [left, right] = [this.#plan(a!), this.#plan(b!)];
    return () => this.diagrams.choice(left(), right(), this.diagrams.not(right()));
  }

  /** Of conditions and results by turns, and what holds otherwise. */
  #choice([condition, result, ...rest]: readonly Node[]): Plan {
    if (condition === undefined) return constant(false);
    const when = this.#plan(condition);
    if (result === undefined) return when;
    const [then, otherwise] = [this.#plan(result), this.#choice(rest)];
    return () => this.diagrams.choice(when(), then(), otherwise());
  }

  /** Of a question about single keys among the options of a field. */
  #having({ operator: { key }, operands }: Call): Plan | undefined {
    const held = operands.find((node) => node.type === 'OPTIONS');
    const list = operands.find((node) => node.kind === 'list' || (node.kind === 'literal' && node.type === 'OPTION'));
    if (held?.kind !== 'field' || !list) return undefined;
    const keys = valuesOf(list).map(String);
    if (keys.length > MOST_KEYS) return undefined;
    if (key === 'has_any' || key === 'some' || key === 'in') return this.#anyKey(held, keys);
    if (key === 'has_none' || key === 'none') return this.#not(this.#anyKey(held, keys));
    return key === 'has_all' ? this.#everyKey(held, keys) : undefined;
  }

  #anyKey(held: FieldReference, keys: readonly string[]): Plan {
    const plans = keys.map((key) => this.#atom(this.#atoms.atomOfKey(held, key)));
    return () => this.diagrams.any(plans.map((plan) => plan()));
  }

  /** All of no keys is nothing to have. */
  #everyKey(held: FieldReference, keys: readonly string[]): Plan {
    if (keys.length === 0) return constant(false);
    const plans = keys.map((key) => this.#atom(this.#atoms.atomOfKey(held, key)));
    return () => this.diagrams.all(plans.map((plan) => plan()));
  }

  #single(node: Call): Plan {
    if (isPlain(node) && fieldsOf(node).size === 0) return constant(compileCondition(node)({}, this.#moment));
    return this.#atom(this.#atoms.atomOf(node));
  }

  #atom(atom: Atom): Plan {
    return () => this.#ask(atom, 0, Infinity);
  }

  /** Asks the variables of an atom from one layer on; `last` is as far as the value of the layer before reaches. */
  #ask(atom: Atom, from: number, last: number): Diagram {
    const layer = atom.layers[from];
    if (!layer) return this.diagrams.ask(this.#atoms.variable(atom.rest, () => []).level, [NEVER, ALWAYS]);
    const { variable, sign, clock } = layer;
    const next = atom.layers[from + 1];
    const isBeside = next?.clock !== undefined && variable.classes.length * next.variable.classes.length <= MOST_BESIDE;
    let rest: Diagram | undefined;
    const branches = variable.classes.map((cell) => {
      const told = variable.tell(sign, clock === undefined ? cell : notBefore(clock - last, cell));
      if (told !== undefined) return told ? ALWAYS : NEVER;
      if (isBeside) return this.#ask(atom, from + 1, cell.last);
      rest ??= this.#ask(atom, from + 1, Infinity);
      return rest;
    });
    return this.diagrams.ask(variable.level, branches);
  }
}

/** Times since a value that cannot be any more count as the shortest that can: they tell conditions apart no more than it does. */
function notBefore(shortest: number, cell: Cell): Cell {
  return { ...cell, value: Math.max(Number(cell.value), shortest) };
}

function constant(holds: boolean): Plan {
  return () => (holds ? ALWAYS : NEVER);
}

/** A node and all in it, as far as it is of the customer. */
function nodesOf(node: Node): readonly Node[] {
  return node.kind === 'call' && isOfCustomer(node) ? [node, ...node.operands.flatMap(nodesOf)] : [node];
}

/** Whether it is a comparison of three: the second one with both others. */
function isChain({ operator, operands }: Call): boolean {
  return chains.has(operator.key) && operands.length === 3;
}

function linksOf(chain: Call): readonly Call[] {
  const [a, b, c] = chain.operands;
  return [
    { ...chain, operands: [a!, b!] },
    { ...chain, operands: [b!, c!] },
  ];
}
