import { type Catalogue, type FieldDefinition, type Rule } from '@kequn/rules';
import type { OnField, Operand } from './draft.ts';
import { derivationsOf, numbersIn, signs, writeOnField } from './on-field.ts';
import { isSame, operation, variableOf } from './patterns.ts';

/** What a value in a rule asks of a field; undefined where no line can draw that. */
export function drawOnField(rule: Rule, catalogue: Catalogue): OnField | undefined {
  const key = variableOf(rule);
  if (key !== undefined) return catalogue.fields.has(key) ? { kind: 'field', key } : undefined;
  const [name, [operand = null, other = null] = []] = operation(rule) ?? [];
  const field = catalogue.fields.get(variableOf(operand) ?? '');
  const drawn = field && [...derived(field), ...calculated(name, field, other, catalogue)];
  return drawn?.find((subject) => isSame(writeOnField(subject), rule));
}

function derived(field: FieldDefinition): readonly OnField[] {
  return derivationsOf(field).map((derivation) => ({ kind: 'derived', key: field.key, derivation }));
}

function calculated(
  name: string | undefined,
  { key }: FieldDefinition,
  rule: Rule,
  catalogue: Catalogue,
): readonly OnField[] {
  const sign = signs.find((one) => one === name);
  const other = drawOperand(rule, catalogue);
  const isOfNumber = numbersIn(catalogue).some((one) => one.key === key);
  return sign && other && isOfNumber ? [{ kind: 'calculated', key, sign, other }] : [];
}

function drawOperand(rule: Rule, catalogue: Catalogue): Operand | undefined {
  if (typeof rule === 'number') return { kind: 'number', value: rule };
  const found = numbersIn(catalogue).find(({ key }) => key === variableOf(rule));
  return found && { kind: 'field', key: found.key };
}
