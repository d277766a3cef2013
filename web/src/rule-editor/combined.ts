import { eventProperty, fieldTypes, type Catalogue, type FieldDefinition, type Json, type Rule } from '@kequn/rules';
import type { Combined, OnField, Operand, SignName } from './draft.ts';
import { operation, variableOf } from './patterns.ts';

/* A field put together with others: a number calculated with one or several, a text joined with others. */

/** One way to put a field together with others. */
interface SignFace {
  /** What is put together, and what comes of it. */
  readonly type: 'NUMBER' | 'TEXT';
  /** Whether it takes more than one other. */
  readonly takesMore: boolean;
}

const several: SignFace = { type: 'NUMBER', takesMore: true };
const two: SignFace = { type: 'NUMBER', takesMore: false };
const faces: Readonly<Record<SignName, SignFace>> = {
  '+': several,
  '-': two,
  '*': several,
  '/': two,
  '%': two,
  min: several,
  max: several,
  cat: { type: 'TEXT', takesMore: true },
};

const noOperand: Operand = { kind: 'given', value: null };

/** The sign of this name; undefined for any other name. */
export function signOf(name: string | undefined): SignName | undefined {
  return (Object.keys(faces) as readonly SignName[]).find((sign) => sign === name);
}

/** How a field can be put together with others, as it is offered. */
export function signsOf({ type }: FieldDefinition): readonly SignName[] {
  const { valueType } = fieldTypes[type];
  return (Object.keys(faces) as readonly SignName[]).filter((sign) => faces[sign].type === valueType);
}

/** The fields that can be put together by a sign. */
export function fieldsFor(sign: SignName, catalogue: Catalogue): readonly FieldDefinition[] {
  return [...catalogue.fields.values()].filter(({ type }) => fieldTypes[type].valueType === faces[sign].type);
}

/** What comes of it, as the field that it would be; each value that is given is entered as one of that field. */
export function combinedAs(sign: SignName): FieldDefinition {
  return eventProperty('combined', faces[sign].type, '');
}

/** Whether one more can be added. */
export function takesMore({ sign }: Combined): boolean {
  return faces[sign].takesMore;
}

/** The same field put together by another sign; the others stay, as many as that takes. */
export function withSign(former: OnField, sign: SignName): Combined {
  const kept = former.kind === 'combined' && faces[former.sign].type === faces[sign].type ? former.others : [noOperand];
  return { kind: 'combined', key: former.key, sign, others: faces[sign].takesMore ? kept : kept.slice(0, 1) };
}

/** With one more at the end, with nothing in it. */
export function addOperand(combined: Combined): Combined {
  return { ...combined, others: [...combined.others, noOperand] };
}

/** With another in the place of one. */
export function putOperand(combined: Combined, index: number, operand: Operand): Combined {
  return { ...combined, others: combined.others.with(index, operand) };
}

/** Without one of several; the last one stays. */
export function removeOperand(combined: Combined, index: number): Combined {
  return combined.others.length < 2 ? combined : { ...combined, others: combined.others.toSpliced(index, 1) };
}

/** Whether everything that is given is filled in. */
export function isCombinedInFull({ others }: Combined): boolean {
  return others.every((other) => other.kind === 'field' || other.value !== null);
}

/** What stands beside a field as it is in a rule. */
export function writeOperand(operand: Operand): Json {
  return operand.kind === 'field' ? { var: operand.key } : operand.value;
}

/** A field with others as the value that it is in a rule. */
export function writeCombined({ key, sign, others }: Combined): Rule {
  return { [sign]: [{ var: key }, ...others.map(writeOperand)] };
}

/** Draws a field with others; undefined for what no line can draw. */
export function drawCombined(rule: Rule, catalogue: Catalogue): Combined | undefined {
  const [name, operands = []] = operation(rule) ?? [];
  const sign = signOf(name);
  if (!sign) return undefined;
  const [first, ...others] = operands.map((operand) => drawOperand(operand, sign, catalogue));
  if (first?.kind !== 'field' || !others.every((other) => other !== undefined)) return undefined;
  const isTaken = others.length === 1 || (others.length > 1 && faces[sign].takesMore);
  return isTaken ? { kind: 'combined', key: first.key, sign, others } : undefined;
}

function drawOperand(rule: Rule, sign: SignName, catalogue: Catalogue): Operand | undefined {
  if (typeof rule === (faces[sign].type === 'TEXT' ? 'string' : 'number')) return { kind: 'given', value: rule };
  const found = fieldsFor(sign, catalogue).find(({ key }) => key === variableOf(rule));
  return found && { kind: 'field', key: found.key };
}
