import {
  eventProperty,
  fieldTypes,
  type Catalogue,
  type FieldDefinition,
  type FieldType,
  type Rule,
} from '@kequn/rules';
import { chosenAs, missingInChoice, newChoice, withKey, writeChoice } from './choice.ts';
import { combinedAs, isCombinedInFull, signOf, signsOf, withSign, writeCombined } from './combined.ts';
import type { DerivationName, OnField, SignName, Subject } from './draft.ts';
import { isExcerptInFull, isTakenOf, newExcerpt, writeExcerpt } from './excerpt.ts';

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

/** What is asked of a field: its value itself, something that is made of it, or what it comes to with something else. */
export type Form = 'itself' | DerivationName | SignName | 'substr' | 'if';

/** What can be made of a field, as it is offered. */
export function derivationsOf(field: FieldDefinition): readonly DerivationName[] {
  return (Object.keys(derivations) as readonly DerivationName[]).filter((name) => derivations[name].of(field));
}

/** What can be asked of a field, its value first. */
export function formsOf(field: FieldDefinition): readonly Form[] {
  const excerpt = isTakenOf(field) ? (['substr'] as const) : [];
  return ['itself', ...signsOf(field), ...excerpt, ...derivationsOf(field), 'if'];
}

/** What is asked of the field of a subject. */
export function formOf(subject: OnField): Form {
  switch (subject.kind) {
    case 'field':
      return 'itself';
    case 'derived':
      return subject.derivation;
    case 'combined':
      return subject.sign;
    case 'excerpt':
      return 'substr';
    case 'choice':
      return 'if';
  }
}

/** The same field asked in another form; what it is put together with stays as far as it can. */
export function withForm(subject: OnField, form: Form, catalogue: Catalogue): OnField {
  const { key } = subject;
  if (form === 'itself') return { kind: 'field', key };
  if (form === 'substr') return newExcerpt(subject);
  if (form === 'if') return newChoice(key, catalogue);
  const sign = signOf(form);
  return sign ? withSign(subject, sign) : { kind: 'derived', key, derivation: form as DerivationName };
}

/** The subject on a field that is chosen in the place of a former one, in the same form where that can be; undefined for no known field. */
export function onField(key: string, catalogue: Catalogue, former: Subject | null): OnField | undefined {
  const field = catalogue.fields.get(key);
  if (!field) return undefined;
  const itself: OnField = { kind: 'field', key };
  if (former === null || former.kind === 'behaviour' || former.kind === 'membership') return itself;
  if (former.kind === 'choice') return withKey(former, key, catalogue);
  return formsOf(field).includes(formOf(former)) ? { ...former, key } : itself;
}

/** The field that the value of a subject is, or would be; undefined where there is none any more. */
export function valueOf(subject: OnField, catalogue: Catalogue): FieldDefinition | undefined {
  const field = catalogue.fields.get(subject.key);
  if (!field) return undefined;
  switch (subject.kind) {
    case 'field':
      return field;
    case 'derived':
      return eventProperty(subject.derivation, derivations[subject.derivation].gives, '');
    case 'combined':
      return combinedAs(subject.sign);
    case 'excerpt':
      return eventProperty('excerpt', 'TEXT', '');
    case 'choice':
      return chosenAs(subject, catalogue);
  }
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
  switch (subject.kind) {
    case 'field':
      return field;
    case 'derived':
      return derivations[subject.derivation].write(field);
    case 'combined':
      return writeCombined(subject);
    case 'excerpt':
      return writeExcerpt(subject);
    case 'choice':
      return writeChoice(subject);
  }
}

/** What a subject on a field still lacks. */
export function missingOnField(
  subject: OnField,
): 'numbers' | 'texts' | 'characters' | ReturnType<typeof missingInChoice> {
  if (subject.kind === 'choice') return missingInChoice(subject);
  if (subject.kind === 'excerpt') return isExcerptInFull(subject) ? undefined : 'characters';
  if (subject.kind !== 'combined' || isCombinedInFull(subject)) return undefined;
  return subject.sign === 'cat' ? 'texts' : 'numbers';
}
