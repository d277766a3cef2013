import type { Json, Rule, ValueType } from '@kequn/rules';
import type { OperatorName } from './draft.ts';

/** How many values a comparison asks for. */
export type Arity = 'none' | 'one' | 'two' | 'many';

/** One comparison as it is drawn and written. */
interface OperatorFace {
  readonly arity: Arity;
  /** The condition in JSON-logic; as many values are given as the arity says. */
  write(subject: Rule, values: readonly Json[]): Rule;
}

function binary(key: string): OperatorFace {
  return { arity: 'one', write: (subject, [value = null]) => ({ [key]: [subject, value] }) };
}

/** Every comparison that a line can draw. */
export const operators: Readonly<Record<OperatorName, OperatorFace>> = {
  is: binary('=='),
  isNot: binary('!='),
  less: binary('<'),
  atMost: binary('<='),
  greater: binary('>'),
  atLeast: binary('>='),
  between: { arity: 'two', write: (subject, [from = null, to = null]) => ({ '<=': [from, subject, to] }) },
  oneOf: { arity: 'many', write: (subject, values) => ({ in: [subject, values] }) },
  notOneOf: { arity: 'many', write: (subject, values) => ({ '!': [{ in: [subject, values] }] }) },
  isEmpty: { arity: 'none', write: (subject) => ({ '==': [subject, null] }) },
  isNotEmpty: { arity: 'none', write: (subject) => ({ '!=': [subject, null] }) },
};

const emptiness = ['isEmpty', 'isNotEmpty'] as const;
const choice = ['is', 'isNot', 'oneOf', 'notOneOf', ...emptiness] as const;
const order = ['greater', 'atLeast', 'less', 'atMost', 'between'] as const;

/** What is offered for the values of each type, most used first. An instant has milliseconds, so nobody means one exactly. */
export const operatorsOf: Readonly<Record<ValueType, readonly OperatorName[]>> = {
  TEXT: choice,
  NUMBER: ['is', 'isNot', ...order, 'oneOf', 'notOneOf', ...emptiness],
  BOOLEAN: ['is', 'isNot', ...emptiness],
  DATE: ['is', 'isNot', ...order, ...emptiness],
  DATETIME: [...order, ...emptiness],
  OPTION: choice,
  OPTIONS: emptiness,
  REGION: choice,
  USER: choice,
};

/** The values that fit a comparison, as far as those of the former one do. */
export function fitValues(values: readonly Json[], arity: Arity): readonly Json[] {
  switch (arity) {
    case 'none':
      return [];
    case 'one':
      return [values[0] ?? null];
    case 'two':
      return [values[0] ?? null, values[1] ?? null];
    case 'many':
      return values.filter((value) => value !== null);
  }
}
