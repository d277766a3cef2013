import type { FieldValueType, Json, Rule } from '@kequn/rules';
import type { Comparison, OperatorName } from './draft.ts';
import { isMovedDate, isMoved } from './moved-date.ts';
import { isViewer } from './viewer-value.ts';

/** What a comparison asks for: values of the field, one, two or several; or a number of days, or of years; or a number and a unit of time. */
export type Arity = 'none' | 'one' | 'two' | 'many' | 'days' | 'years' | 'window';

/** One comparison as it is drawn and written. */
interface OperatorFace {
  readonly arity: Arity;
  /** The condition in JSON-logic; as many values are given as the arity says. */
  write(subject: Rule, values: readonly Json[]): Rule;
}

function binary(key: string): OperatorFace {
  return { arity: 'one', write: (subject, [value = null]) => ({ [key]: [subject, value] }) };
}

function listed(key: string): OperatorFace {
  return { arity: 'many', write: (subject, values) => ({ [key]: [subject, values] }) };
}

function windowed(key: string): OperatorFace {
  return { arity: 'window', write: (subject, [count = null, unit = null]) => ({ [key]: [subject, count, unit] }) };
}

/** A comparison of a number that is reckoned from the field. */
function reckoned(arity: Arity, key: string, compare: string): OperatorFace {
  return { arity, write: (subject, [count = null]) => ({ [compare]: [{ [key]: [subject] }, count] }) };
}

function not({ arity, write }: OperatorFace): OperatorFace {
  return { arity, write: (subject, values) => ({ '!': [write(subject, values)] }) };
}

const contains: OperatorFace = { arity: 'one', write: (subject, [value = null]) => ({ in: [value, subject] }) };
/** The segment is all that it names. */
const member: OperatorFace = { arity: 'one', write: (_subject, [segment = null]) => ({ in_segment: [segment] }) };

/** Every comparison that a line can draw; a rule that two can write is drawn by the first. */
export const operators: Readonly<Record<OperatorName, OperatorFace>> = {
  never: { arity: 'none', write: (subject) => ({ '==': [subject, 0] }) },
  is: binary('=='),
  isNot: binary('!='),
  less: binary('<'),
  atMost: binary('<='),
  greater: binary('>'),
  atLeast: binary('>='),
  between: { arity: 'two', write: (subject, [from = null, to = null]) => ({ '<=': [from, subject, to] }) },
  oneOf: listed('in'),
  notOneOf: not(listed('in')),
  contains,
  containsNot: not(contains),
  startsWith: binary('starts_with'),
  endsWith: binary('ends_with'),
  includesAny: listed('has_any'),
  includesAll: listed('has_all'),
  includesNone: listed('has_none'),
  within: listed('within_region'),
  notWithin: not(listed('within_region')),
  inLast: windowed('within_last'),
  notInLast: not(windowed('within_last')),
  inNext: windowed('within_next'),
  daysAgo: reckoned('days', 'days_since', '>'),
  anniversaryIn: reckoned('days', 'days_to_anniversary', '<='),
  yearsAtLeast: reckoned('years', 'years_since', '>='),
  yearsLess: reckoned('years', 'years_since', '<'),
  isEmpty: { arity: 'none', write: (subject) => ({ '==': [subject, null] }) },
  isNotEmpty: { arity: 'none', write: (subject) => ({ '!=': [subject, null] }) },
  member,
  notMember: not(member),
};

const emptiness = ['isEmpty', 'isNotEmpty'] as const;
const either = ['is', 'isNot', 'oneOf', 'notOneOf'] as const;
const choice = [...either, ...emptiness] as const;
/** What is offered for everything that has an order. */
export const order = ['greater', 'atLeast', 'less', 'atMost', 'between'] as const;

const time = ['inLast', 'notInLast', 'inNext', 'daysAgo'] as const;
const years = ['anniversaryIn', 'yearsAtLeast', 'yearsLess'] as const;
const parts = ['contains', 'containsNot', 'startsWith', 'endsWith'] as const;

/** What is offered for the values of each type, most used first. An instant has milliseconds, so nobody means one exactly. */
export const operatorsOf: Readonly<Record<FieldValueType, readonly OperatorName[]>> = {
  TEXT: ['is', 'isNot', ...parts, 'oneOf', 'notOneOf', ...emptiness],
  NUMBER: ['is', 'isNot', ...order, 'oneOf', 'notOneOf', ...emptiness],
  BOOLEAN: ['is', 'isNot', ...emptiness],
  DATE: [...time, 'is', 'isNot', ...order, ...years, ...emptiness],
  DATETIME: [...time, ...order, ...emptiness],
  OPTION: choice,
  OPTIONS: ['includesAny', 'includesAll', 'includesNone', ...emptiness],
  REGION: ['within', 'notWithin', ...choice],
  USER: choice,
};

/** What is offered for files: nobody knows them by anything that could be compared. */
export const operatorsOfFiles: readonly OperatorName[] = ['isNotEmpty', 'isEmpty'];

/** What is offered for a total: it is 0 where there is nothing to add, never empty. */
export const operatorsOfTotals: readonly OperatorName[] = [
  'atLeast',
  'greater',
  'atMost',
  'less',
  'between',
  ...either,
];

/** What is offered for a number of times. */
export const operatorsOfCounts: readonly OperatorName[] = ['atLeast', 'never', ...operatorsOfTotals.slice(1)];

/** What is offered for membership. */
export const operatorsOfMembership: readonly OperatorName[] = ['member', 'notMember'];

/** What a comparison asks for; nothing where none is chosen. */
export function arityOf(operator: OperatorName | null): Arity {
  return operator === null ? 'none' : operators[operator].arity;
}

/** Whether a comparison is chosen and has all that it asks for. */
export function isComplete({ operator, values }: Comparison): boolean {
  if (operator === null) return false;
  return arityOf(operator) === 'none' || (values.length > 0 && values.every(isFilledIn));
}

/** The comparison made in another way; what was filled in stays as far as it fits. */
export function compareBy({ operator: former, values }: Comparison, operator: OperatorName): Comparison {
  return { operator, values: fitValues(values, arityOf(operator), arityOf(former)) };
}

/** The comparison of something else: made as before where that is offered, with the values only if they still mean something. */
export function compareAnew(
  { operator: former, values }: Comparison,
  offered: readonly OperatorName[],
  keepsValues: boolean,
): Comparison {
  const operator = former !== null && offered.includes(former) ? former : (offered[0] ?? null);
  return { operator, values: fitValues(keepsValues ? values : [], arityOf(operator), arityOf(former)) };
}

/** A comparison of a subject, as a condition; null while none is chosen. */
export function writeComparison(subject: Rule, { operator, values }: Comparison): Rule | null {
  return operator === null ? null : operators[operator].write(subject, values);
}

function isFilledIn(value: Json): boolean {
  return isMovedDate(value) ? !isMoved(value) || value.count !== null : value !== null;
}

/** Whether what a comparison asks for are values of the field, and not numbers about it. */
export function asksForValues(arity: Arity): boolean {
  return arity === 'one' || arity === 'two' || arity === 'many';
}

/** The values that fit a comparison, as far as those of the former one do. */
function fitValues(values: readonly Json[], arity: Arity, former: Arity): readonly Json[] {
  const [first = null, second = null] = asksForValues(arity) === asksForValues(former) ? values : [];
  switch (arity) {
    case 'none':
      return [];
    case 'one':
    case 'days':
    case 'years':
      return [first];
    case 'two':
      return [first, second];
    case 'window':
      return [first, second ?? 'day'];
    case 'many':
      return asksForValues(former) ? values.filter((value) => value !== null && !isViewer(value)) : [];
  }
}
