import { convertValue, type Problem, type Value } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import type { ValueOf } from '../fields/customer-table.ts';
import type { Field } from '../fields/field.ts';

/** A value that became one of another type. */
export interface ConvertedValue extends ValueOf {
  /** What it was. */
  readonly from: Value;
}

/** A value that became nothing of another type. */
export interface FailedValue {
  readonly customerId: string;
  /** What it is. */
  readonly from: Value;
  readonly problems: readonly Problem[];
}

/** What became of the values of a field. */
export interface Conversion {
  readonly converted: readonly ConvertedValue[];
  readonly failed: readonly FailedValue[];
}

/** A field as it is and as it is to be, and the zone in which days begin. */
export interface Change {
  readonly before: Field;
  readonly after: Field;
  readonly timeZone: string;
}

/** What one value of a field becomes. */
export type Convert = (value: Value) => ReturnType<typeof convertValue>;

/** Converts values of a field, each different one once. */
export function converter({ before, after, timeZone }: Change): Convert {
  const tools = { ...checkTools, timeZone };
  const known = new Map<string, ReturnType<typeof convertValue>>();
  return (value) => {
    const key = JSON.stringify(value);
    const outcome = known.get(key) ?? convertValue(value, before, after, tools);
    known.set(key, outcome);
    return outcome;
  };
}

/** What values that customers have become. */
export function convertAll<V extends ValueOf>(
  values: readonly V[],
  convert: (value: V) => ReturnType<Convert>,
): Conversion {
  const converted: ConvertedValue[] = [];
  const failed: FailedValue[] = [];
  for (const each of values) {
    const { customerId, value: from } = each;
    const outcome = convert(each);
    if (outcome.ok) converted.push({ customerId, from, value: outcome.value });
    else failed.push({ customerId, from, problems: outcome.problems });
  }
  return { converted, failed };
}
