import {
  eventProperty,
  fieldTypes,
  type Catalogue,
  type FieldDefinition,
  type FieldType,
  type Rule,
} from '@kequn/rules';
import type { Calculated, DerivationName, OnField, Operand, SignName, Subject } from './draft.ts';

/* What a line asks about that starts from a field of the customer: the field itself, or what is made of it. */

/** One thing that can be made of a field. */
interface DerivationFace {
  /** The fields that it can be made of. */
  of(field: FieldDefinition): boolean;
  /** What it is compared as. */
  readonly gives: FieldType;
  write(field: Rule): Rule;
}

function partOf(part: string, ...types: readonly FieldType[]): DerivationFace {
  return { of: ({ type }) => types.includes(type), gives: 'NUMBER', write: (field) => ({ part: [field, part] }) };
}

function made(key: string, of: DerivationFace['of'], gives: FieldType): DerivationFace {
  return { of, gives, write: (field) => ({ [key]: [field] }) };
}

const isText = ({ type }: FieldDefinition): boolean => fieldTypes[type].valueType === 'TEXT';
const isNumber = ({ type }: FieldDefinition): boolean => fieldTypes[type].valueType === 'NUMBER';

const derivations: Readonly<Record<DerivationName, DerivationFace>> = {
  year: partOf('year', 'DATE', 'DATETIME'),
  month: partOf('month', 'DATE', 'DATETIME'),
  day: partOf('day', 'DATE', 'DATETIME'),
  weekday: partOf('weekday', 'DATE', 'DATETIME'),
  hour: partOf('hour', 'DATETIME'),
  length: made('length', isText, 'NUMBER'),
  lower: made('lower', isText, 'TEXT'),
  round: made('round', isNumber, 'NUMBER'),
  abs: made('abs', isNumber, 'NUMBER'),
};

/** How two numbers can be calculated with. */
export const signs: readonly SignName[] = ['+', '-', '*', '/', '%', 'min', 'max'];

/** What is asked of a field: its value itself, something that is made of it, or what it comes to with something else. */
export type Form = 'itself' | DerivationName | SignName;

/** What can be made of a field, as it is offered. */
export function derivationsOf(field: FieldDefinition): readonly DerivationName[] {
  return (Object.keys(derivations) as readonly DerivationName[]).filter((name) => derivations[name].of(field));
}

/** What can be asked of a field, its value first. */
export function formsOf(field: FieldDefinition): readonly Form[] {
  return ['itself', ...(isNumber(field) ? signs : []), ...derivationsOf(field)];
}

/** The fields that a number can be calculated with. */
export function numbersIn(catalogue: Catalogue): readonly FieldDefinition[] {
  return [...catalogue.fields.values()].filter(isNumber);
}

/** What is asked of the field of a subject. */
export function formOf(subject: OnField): Form {
  if (subject.kind === 'field') return 'itself';
  return subject.kind === 'derived' ? subject.derivation : subject.sign;
}

/** The same field asked in another form; what it is calculated with stays. */
export function withForm(subject: OnField, form: Form): OnField {
  const { key } = subject;
  if (form === 'itself') return { kind: 'field', key };
  const sign = signs.find((one) => one === form);
  if (!sign) return { kind: 'derived', key, derivation: form as DerivationName };
  const other: Operand = subject.kind === 'calculated' ? subject.other : { kind: 'number', value: null };
  return { kind: 'calculated', key, sign, other };
}

/** The subject on a field that is chosen in the place of a former one, in the same form where that can be; undefined for no known field. */
export function onField(key: string, catalogue: Catalogue, former: Subject | null): OnField | undefined {
  const field = catalogue.fields.get(key);
  if (!field) return undefined;
  const itself: OnField = { kind: 'field', key };
  if (former?.kind !== 'derived' && former?.kind !== 'calculated') return itself;
  return formsOf(field).includes(formOf(former)) ? { ...former, key } : itself;
}

/** The field that the value of a subject is, or would be; undefined where there is none any more. */
export function valueOf(subject: OnField, catalogue: Catalogue): FieldDefinition | undefined {
  const field = catalogue.fields.get(subject.key);
  if (!field || subject.kind === 'field') return field;
  if (subject.kind === 'calculated') return eventProperty('calculated', 'NUMBER', '');
  return eventProperty(subject.derivation, derivations[subject.derivation].gives, '');
}

/** What the numbers of a subject count, where that is not what the field counts; values of one scale mean nothing on another. */
export function scaleOf(subject: Subject | null): DerivationName | undefined {
  if (subject?.kind !== 'derived') return undefined;
  const { derivation } = subject;
  return derivation === 'lower' || derivation === 'round' || derivation === 'abs' ? undefined : derivation;
}

/** A subject on a field as the value that it is in a rule. */
export function writeOnField(subject: OnField): Rule {
  const field: Rule = { var: subject.key };
  if (subject.kind === 'field') return field;
  if (subject.kind === 'derived') return derivations[subject.derivation].write(field);
  return { [subject.sign]: [field, writeOperand(subject.other)] };
}

function writeOperand(other: Calculated['other']): Rule {
  return other.kind === 'field' ? { var: other.key } : other.value;
}
