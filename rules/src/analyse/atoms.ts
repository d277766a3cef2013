import type { Call, FieldReference, Node } from '../ast.ts';
import { compileCondition } from '../js.ts';
import type { Moment } from '../moment.ts';
import {
  afterAllWith,
  alike,
  compared,
  divisionOf,
  divisionOfField,
  orEmpty,
  wholeNumbers,
  type Division,
} from './cells.ts';
import {
  comparisons,
  dayNumbers,
  deniedBy,
  emptiedBy,
  isOrderly,
  isVarying,
  onlyFieldOf,
  type Varying,
} from './known-operators.ts';
import { areEntangled, loosenessOf, sinceOf, valuesOf, type Since } from './since.ts';
import { asked, standIn } from './stand-in.ts';
import { Structures } from './structure.ts';
import { Variable, type Sign } from './variable.ts';

/** One variable that a condition depends on, and what its value alone says of it. */
export interface Layer {
  readonly variable: Variable;
  readonly sign: Sign;
  /**
   * Of the time since the value of the layer before: when the rule is analysed, less what months may be wrong. It is never asked earlier, so
   * no less time than from the value until then can have gone by.
   */
  readonly clock?: number;
}

/** A condition that is not made of others, by what decides it; what the layers leave open is a variable called `rest`. */
export interface Atom {
  readonly layers: readonly Layer[];
  readonly rest: string;
}

/** How long ago a field is, as all conditions on it ask. */
interface Clock {
  readonly looseness: number;
  readonly isEntangled: boolean;
}

/** The atoms of one rule and the variables that they share. Every atom is made before the first variable is asked. */
export class Atoms {
  readonly #moment: Moment;
  readonly #structures = new Structures();
  readonly #variables = new Map<string, Variable>();
  readonly #sinces = new Map<Node, Since>();
  readonly #clocks = new Map<string, Clock>();

  /** `calls` are all predicates of the rule: only from all of them is it known whether months and days can be told apart. */
  constructor(calls: readonly Call[], moment: Moment) {
    this.#moment = moment;
    for (const call of calls) {
      const since = sinceOf(call, moment);
      if (since) this.#sinces.set(call, since);
    }
  }

  /** The atom of a condition that is a boolean field or a predicate. */
  atomOf(node: Varying): Atom {
    return this.#atom(this.#layersOf(node), `rest ${this.#structures.numberOf(node)}`);
  }

  /** That a key is among the several options of a field. */
  atomOfKey(held: FieldReference, key: string): Atom {
    return this.#atom(this.#emptyLayers([held], false), `key ${held.field.key} ${key}`);
  }

  /** A variable by its name, made at its first use. */
  variable(name: string, divide: Division): Variable {
    const known = this.#variables.get(name) ?? new Variable(this.#variables.size, divide);
    this.#variables.set(name, known);
    return known;
  }

  #atom(layers: readonly Layer[], rest: string): Atom {
    const first = new Map(layers.toReversed().map((layer) => [layer.variable, layer]));
    for (const { variable, sign } of first.values()) variable.observe([], sign);
    return { layers: [...first.values()].toSorted((a, b) => a.variable.level - b.variable.level), rest };
  }

  #layersOf(node: Varying): readonly Layer[] {
    if (node.kind === 'field') return [{ variable: this.#ofField(node), sign: ({ value }) => value === true }];
    if (node.kind !== 'call') return [];
    const since = this.#sinces.get(node);
    if (since) return this.#sinceLayers(since);
    const [subject, other, ...others] = node.operands.filter(isVarying);
    if (subject && !other && isOrderly(node, subject)) return this.#subjectLayers(node, subject);
    if (subject && other && others.length === 0 && comparisons.has(node.operator.key))
      return [...this.#plainLayers(node), ...this.#pairLayers(node, [subject, other])];
    return [...this.#plainLayers(node), ...this.#emptyLayers(deniedBy(node), false)];
  }

  /** Of a comparison of something with what is written. */
  #subjectLayers(node: Call, subject: Varying): readonly Layer[] {
    const operands = node.operands.map((operand) => (operand === subject ? standIn('it', subject.type) : operand));
    const ask = asked(node, operands, this.#moment);
    const isField = subject.kind === 'field';
    const before = isField
      ? []
      : [...this.#plainLayers(node), ...this.#emptyLayers(emptiedBy(subject), ask({ it: null }))];
    const variable = isField ? this.#ofField(subject) : this.#ofValue(subject);
    const marks = node.operands.flatMap(valuesOf);
    const ends = node.operator.key === 'starts_with' ? marks.map((mark) => afterAllWith(String(mark))) : [];
    variable.observe([...marks, ...ends.filter((end) => end !== undefined)]);
    return [...before, { variable, sign: ({ value }) => ask({ it: value }) }];
  }

  /** Of a comparison of two things that vary. */
  #pairLayers(node: Call, pair: readonly [Varying, Varying]): readonly Layer[] {
    const ask = asked(node, [standIn('a', 'NUMBER'), standIn('b', 'NUMBER')], this.#moment);
    const before = this.#emptyLayers(pair.flatMap(emptiedBy), ask({ a: null, b: 0 }));
    const [a, b] = pair.map((each) => this.#structures.numberOf(each)) as [number, number];
    const variable = this.variable(`pair ${Math.min(a, b)} ${Math.max(a, b)}`, orEmpty(a === b ? alike : compared));
    const way = a <= b ? 1 : -1;
    const sign: Sign = ({ value }) => ask({ a: value === null ? null : way * Number(value), b: 0 });
    return [...before, { variable, sign }];
  }

  #sinceLayers(since: Since): readonly Layer[] {
    const { field, marks, holds, isLoose } = since;
    const before = this.#emptyLayers([field], holds(null));
    const { looseness, isEntangled } = this.#clockOf(field);
    const name = `${isLoose && isEntangled ? 'months' : 'time'} since ${field.field.key}`;
    const variable = this.variable(name, wholeNumbers(-Infinity, Infinity));
    variable.observe(marks);
    const now = field.type === 'DATE' ? this.#moment.day : Date.parse(this.#moment.now);
    return [...before, { variable, sign: ({ value }) => holds(Number(value)), clock: now - looseness }];
  }

  #clockOf({ field: { key } }: FieldReference): Clock {
    const known = this.#clocks.get(key);
    if (known) return known;
    const sinces = [...this.#sinces.values()].filter(({ field }) => field.field.key === key);
    const clock = { looseness: loosenessOf(sinces), isEntangled: areEntangled(sinces) };
    this.#clocks.set(key, clock);
    return clock;
  }

  /** What a single value of the only field says, whatever the condition is. */
  #plainLayers(node: Node): readonly Layer[] {
    const field = onlyFieldOf(node);
    if (!field) return [];
    const holds = compileCondition(node);
    const sign: Sign = ({ value, isOne }) => (isOne ? holds({ [field.field.key]: value }, this.#moment) : undefined);
    return [{ variable: this.#ofField(field), sign }];
  }

  /** What it says that one of the fields is empty. */
  #emptyLayers(fields: readonly FieldReference[], holds: boolean): readonly Layer[] {
    const sign: Sign = ({ value }) => (value === null ? holds : undefined);
    return fields.map((field) => ({ variable: this.#ofField(field), sign }));
  }

  #ofField({ field, type }: FieldReference): Variable {
    return this.variable(`field ${field.key}`, orEmpty(divisionOfField(type, field)));
  }

  #ofValue(node: Varying): Variable {
    const isThere = node.kind === 'call' && dayNumbers.has(node.operator.key) && node.operands[0]?.kind === 'field';
    const divide = divisionOf(node);
    return this.variable(`value ${this.#structures.numberOf(node)}`, isThere ? divide : orEmpty(divide));
  }
}
