import type { Call, FieldReference, Literal, LiteralList, Node } from '../ast.ts';
import { readsClock } from '../references.ts';

/** Comparisons of two operands. */
export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Comparisons that may have a third operand, which is what the second one is compared with in turn. */
export const chains: ReadonlySet<string> = new Set(['<', '<=']);

/** False where an operand is empty. */
const strictTests = new Set(['in', 'starts_with', 'ends_with', 'within_region', 'within_last', 'within_next']);

/** Numbers of a day, which are there exactly if it is. */
export const dayNumbers: ReadonlySet<string> = new Set(['days_since', 'days_until', 'days_to_anniversary']);

/** Empty where an operand is empty. */
const strictValues = new Set([...dayNumbers, 'years_since', '+', '-', '*', '/']);

/** What gives the same for the same operands whoever and whenever is asked: nothing else of the customer is read. */
const plain = new Set(
  [
    ['and', 'or', '!', 'if', ...comparisons, 'in', 'starts_with', 'ends_with', 'within_region'],
    ['has_any', 'has_all', 'has_none', 'some', 'none'],
    ['+', '-', '*', '/', '%', 'min', 'max', 'round', 'abs', 'lower', 'length', 'cat', 'substr'],
  ].flat(),
);

/** Operations whose operands are of the customer and not, say, of each event in a list. */
export function isOfCustomer({ operator: { key } }: Call): boolean {
  return plain.has(key) || strictTests.has(key) || strictValues.has(key);
}

/** Whether the values of the fields that it reads alone decide what a node is. */
export function isPlain(node: Node): boolean {
  if (node.kind === 'call') return plain.has(node.operator.key) && !readsClock(node) && node.operands.every(isPlain);
  return node.kind === 'field' || !isVarying(node);
}

/** What stands for a value that varies from customer to customer. */
export type Varying = Exclude<Node, Literal | LiteralList>;

/** Whether a node varies; what does not is written in the rule as it is. */
export function isVarying(node: Node): node is Varying {
  return node.kind !== 'literal' && node.kind !== 'list';
}

/** Every place in a node where a field stands. */
function fieldsIn(node: Node): readonly FieldReference[] {
  if (node.kind === 'field') return [node];
  return node.kind === 'call' ? node.operands.flatMap(fieldsIn) : [];
}

/** The field that alone decides what a node is, if there is just one. */
export function onlyFieldOf(node: Node): FieldReference | undefined {
  const [only, ...others] = fieldsIn(node);
  return isPlain(node) && others.every(({ field }) => field.key === only?.field.key) ? only : undefined;
}

/** The fields of which each, once it is empty, makes a value empty. */
export function emptiedBy(node: Node): readonly FieldReference[] {
  if (node.kind === 'field') return [node];
  return node.kind === 'call' && strictValues.has(node.operator.key) ? node.operands.flatMap(emptiedBy) : [];
}

/** The fields of which each, once it is empty, makes a condition false. */
export function deniedBy({ operator, operands }: Call): readonly FieldReference[] {
  return strictTests.has(operator.key) ? operands.flatMap(emptiedBy) : [];
}

/** Whether a comparison with what is written takes all values alike that lie between the same marks. */
export function isOrderly({ operator: { key }, operands }: Call, subject: Varying): boolean {
  if (key === 'in') return operands[1]?.kind === 'list';
  if (key === 'starts_with') return operands[0] === subject;
  return comparisons.has(key) || key === 'within_region';
}
