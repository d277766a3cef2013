import {
  eventProperty,
  fieldTypes,
  type Catalogue,
  type FieldDefinition,
  type FieldValueType,
  type Rule,
} from '@kequn/rules';
import { writeOperand } from './combined.ts';
import type { Choice, Operand } from './draft.ts';
import { compareAnew, isComplete, operatorsOf, writeComparison } from './operators.ts';
import { isLiteral, operation, readComparison, variableOf, type Read } from './patterns.ts';

/* A value that depends on a field: if the field meets a condition, one result, otherwise another one or none. */

const noResult: Operand = { kind: 'given', value: null };

/** A choice by a field of the catalogue, with a condition to fill in, between two numbers. */
export function newChoice(key: string, catalogue: Catalogue): Choice {
  const condition = compareAnew({ operator: null, values: [] }, operatorsOf[typeOf(key, catalogue) ?? 'TEXT'], false);
  return { kind: 'choice', key, condition, type: 'NUMBER', first: noResult, otherwise: noResult };
}

/** The same choice by another field; its condition stays as far as it fits. */
export function withKey(choice: Choice, key: string, catalogue: Catalogue): Choice {
  const [former, next] = [choice.key, key].map((one) => typeOf(one, catalogue));
  const offered = operatorsOf[next ?? 'TEXT'];
  return { ...choice, key, condition: compareAnew(choice.condition, offered, former === next && next !== 'OPTION') };
}

/** The field that the result is, or would be: results are all of one type. Undefined where there is none any more. */
export function chosenAs({ type, first, otherwise }: Choice, catalogue: Catalogue): FieldDefinition | undefined {
  const named = [first, otherwise].find((result) => result?.kind === 'field');
  return named?.kind === 'field' ? catalogue.fields.get(named.key) : eventProperty('chosen', type, '');
}

/** The fields that can be the first result: all that hold one value. */
export function resultsIn(catalogue: Catalogue): readonly FieldDefinition[] {
  return [...catalogue.fields.values()].filter(({ type }) => fieldTypes[type].valueType !== 'OPTIONS');
}

/** The fields that can be the other result. */
export function othersFor(choice: Choice, catalogue: Catalogue): readonly FieldDefinition[] {
  const asked = typeOfFirst(choice, catalogue);
  return resultsIn(catalogue).filter(({ type }) => fieldTypes[type].valueType === asked);
}

/** Another first result, and as what it is entered where it is given; the other one stays if it is of the same type. */
export function putFirst(choice: Choice, first: Operand, type: Choice['type'], catalogue: Catalogue): Choice {
  const next = { ...choice, first, type };
  const [before, after] = [choice, next].map((one) => typeOfFirst(one, catalogue));
  const stays = choice.otherwise === null || (before === after && before !== 'OPTION');
  return stays ? next : { ...next, otherwise: noResult };
}

/** Which part of a choice is not filled in. */
export function missingInChoice({ condition, first, otherwise }: Choice): 'when' | 'result' | undefined {
  if (!isComplete(condition)) return 'when';
  const isOpen = [first, otherwise].some((result) => result?.kind === 'given' && result.value === null);
  return isOpen ? 'result' : undefined;
}

/** A choice as the value that it is in a rule. */
export function writeChoice({ key, condition, first, otherwise }: Choice): Rule {
  const results = otherwise === null ? [first] : [first, otherwise];
  return { if: [writeComparison({ var: key }, condition), ...results.map(writeOperand)] };
}

/** Draws a choice by one condition on a field; undefined for what no line can draw, such as one of several conditions. */
export function drawChoice(rule: Rule, catalogue: Catalogue): Choice | undefined {
  const [name, [asked = null, held = null, other] = []] = operation(rule) ?? [];
  const read = name === 'if' ? drawCondition(asked, catalogue) : undefined;
  const first = drawResult(held);
  const otherwise = other === undefined ? null : drawResult(other);
  if (!read || !first || otherwise === undefined) return undefined;
  const { compared: key, ...condition } = read;
  const type = typeof held === 'string' ? 'TEXT' : 'NUMBER';
  const drawn: Choice = { kind: 'choice', key, condition, type, first, otherwise };
  return isOffered(drawn, catalogue) ? drawn : undefined;
}

function drawCondition(rule: Rule, catalogue: Catalogue): Read<string> | undefined {
  return readComparison(rule, (compared, values) => {
    const key = variableOf(compared) ?? '';
    const type = typeOf(key, catalogue);
    return type && values.every(isLiteral) ? { compared: key, operators: operatorsOf[type] } : undefined;
  });
}

function drawResult(rule: Rule): Operand | undefined {
  const key = variableOf(rule);
  if (key !== undefined) return { kind: 'field', key };
  return isLiteral(rule) ? { kind: 'given', value: rule } : undefined;
}

function isOffered(choice: Choice, catalogue: Catalogue): boolean {
  const { first, otherwise } = choice;
  const isAmong = ({ key }: { readonly key: string }, fields: readonly FieldDefinition[]): boolean =>
    fields.some((field) => field.key === key);
  if (first.kind === 'field' ? !isAmong(first, resultsIn(catalogue)) : typeof first.value === 'boolean') return false;
  if (otherwise?.kind === 'field') return isAmong(otherwise, othersFor(choice, catalogue));
  return otherwise === null || first.kind === 'field' || typeof first.value === typeof otherwise.value;
}

function typeOfFirst({ first, type }: Choice, catalogue: Catalogue): FieldValueType | undefined {
  return first.kind === 'field' ? typeOf(first.key, catalogue) : type;
}

function typeOf(key: string, catalogue: Catalogue): FieldValueType | undefined {
  const field = catalogue.fields.get(key);
  return field && fieldTypes[field.type].valueType;
}
