import { checkRule, operators, valueTypes, type Node, type Rule, type ValueType } from '@kequn/rules';
import { suiteCatalogue } from '@kequn/rules/suites';

/** A value of each type, as a rule reads it. */
const subjects: Readonly<Record<ValueType, readonly [Rule, Rule]>> = {
  TEXT: [{ var: 'city' }, { var: 'home_town' }],
  NUMBER: [{ var: 'charges' }, { var: 'tenure' }],
  BOOLEAN: [{ var: 'vip' }, { var: 'churned' }],
  DATE: [{ var: 'born' }, { var: 'joined' }],
  DATETIME: [{ var: 'created_at' }, { var: 'updated_at' }],
  OPTION: [{ var: 'contract' }, { var: 'last_contract' }],
  OPTIONS: [{ var: 'tags' }, { var: 'tags' }],
  REGION: [{ var: 'region' }, { var: 'birthplace' }],
  USER: [{ var: 'owner' }, { var: 'owner' }],
  EVENTS: [{ var: 'events.order' }, { var: 'events.visit' }],
};

/** Ways to give an operation operands around a subject; some of them fit each operation. */
const shapes: readonly ((subject: Rule, other: Rule) => readonly Rule[])[] = [
  () => [],
  () => ['vip'],
  (a) => [a],
  (a, b) => [a, b],
  (a) => [a, []],
  (a) => [a, '110105'],
  (a) => [a, 1],
  (a) => [a, 1, 'day'],
  (a) => [a, 'day'],
  (a) => [a, { in: [{ var: '' }, ['monthly']] }],
  (a) => [a, { var: 'paid' }],
  ...['amount', 'at', 'product', 'paid', 'delivered'].map((property) => (a: Rule) => [a, property]),
  (a, b) => [true, a, b],
];

/** What a call is counted as: its operation, with the type of the value that it asks or reckons with. */
function placesOf(node: Node): readonly string[] {
  if (node.kind !== 'call') return [];
  const asked = node.operands.filter(({ kind }) => kind !== 'literal' && kind !== 'list' && kind !== 'viewerList');
  const types = new Set(asked.map(({ type }) => type));
  const names = types.size === 0 ? ['no operand'] : [...types];
  return names.map((type) => `${node.operator.key} ${type}`);
}

/** How often rules asked for an operation with each type of operand that its check lets through. */
export class Coverage {
  readonly #hits = new Map(possiblePlaces().map((place) => [place, 0]));

  /** Counts every operation of a rule. */
  count(node: Node): void {
    for (const place of placesOf(node)) this.#hits.set(place, (this.#hits.get(place) ?? 0) + 1);
    if (node.kind === 'call') for (const operand of node.operands) this.count(operand);
  }

  /** What was never met. */
  get missing(): readonly string[] {
    return [...this.#hits].filter(([, hits]) => hits === 0).map(([place]) => place);
  }

  /** A row for each operation, a column for each type. */
  get table(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    const table: Record<string, Record<string, number>> = {};
    for (const [place, hits] of this.#hits) {
      const [operation = '', type = ''] = place.split(/ (.*)/);
      (table[operation] ??= {})[type] = hits;
    }
    return table;
  }
}

function possiblePlaces(): readonly string[] {
  const places = new Set<string>();
  for (const key of operators.keys()) {
    for (const type of Object.keys(valueTypes) as ValueType[]) {
      for (const shape of shapes) {
        for (const found of placesIn(key, shape(...subjects[type]))) places.add(found);
      }
    }
  }
  return [...places];
}

/** The places of an operation that the check lets through as a condition or as a value that is asked whether it is empty. */
function placesIn(key: string, operands: readonly Rule[]): readonly string[] {
  const call: Rule = { [key]: operands };
  const alone = checkRule(call, suiteCatalogue);
  if (alone.ok) return placesOf(alone.value);
  const asked = checkRule({ '==': [call, null] }, suiteCatalogue);
  return asked.ok && asked.value.kind === 'call' ? placesOf(asked.value.operands[0]!) : [];
}
