import type { Json, Rule, ValueType } from '@kequn/rules';
import type { OperatorName } from './draft.ts';

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

/** Every comparison that a line can draw. */
export const operators: Readonly<Record<OperatorName, OperatorFace>> = {
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
};

const emptiness = ['isEmpty', 'isNotEmpty'] as const;
const choice = ['is', 'isNot', 'oneOf', 'notOneOf', ...emptiness] as const;
const order = ['greater', 'atLeast', 'less', 'atMost', 'between'] as const;

const time = ['inLast', 'notInLast', 'inNext', 'daysAgo'] as const;
const years = ['anniversaryIn', 'yearsAtLeast', 'yearsLess'] as const;
const parts = ['contains', 'containsNot', 'startsWith', 'endsWith'] as const;

/** What is offered for the values of each type, most used first. An instant has milliseconds, so nobody means one exactly. */
export const operatorsOf: Readonly<Record<ValueType, readonly OperatorName[]>> = {
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

/** Whether what a comparison asks for are values of the field, and not numbers about it. */
export function asksForValues(arity: Arity): boolean {
  return arity === 'one' || arity === 'two' || arity === 'many';
}

/** The values that fit a comparison, as far as those of the former one do. */
export function fitValues(values: readonly Json[], arity: Arity, former: Arity): readonly Json[] {
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
      return asksForValues(former) ? values.filter((value) => value !== null) : [];
  }
}
