import type { Call, FieldReference, Node } from '../ast.ts';
import type { Value } from '../json.ts';
import type { Moment } from '../moment.ts';
import type { ValueType } from '../types/value-type.ts';

/** A field of no catalogue, which stands in a condition for what varies there. */
export function standIn(key: string, type: ValueType): FieldReference {
  const label = { label: key, labels: {} };
  const rest = { options: [], validation: {}, required: false, unique: false, archived: false };
  return { kind: 'field', type, field: { key, type: 'TEXT', ...label, ...rest } };
}

/** A condition as a question about the values that stand in for its operands. */
export function asked(
  { operator }: Call,
  operands: readonly Node[],
  moment: Moment,
): (values: Readonly<Record<string, Value>>) => boolean {
  const holds = operator.js(operands);
  return (values) => holds(values, moment) === true;
}
