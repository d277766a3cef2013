import type { FieldType, Json } from '@kequn/rules';

/** A value that a customer has, another one of the same type, and settings that a field of it needs. */
export interface Sample {
  readonly value: Json;
  readonly other: Json;
  readonly settings?: object;
}

const options = ['gold', 'blue'].map((key) => ({ key, label: key }));
const [ann, bob] = ['018f0000-0000-7000-8000-00000000000a', '018f0000-0000-7000-8000-00000000000b'];

/** The users that fields name. */
export const sampleUsers = { ann, bob } as const;

/** One of every field type; one that is missing does not compile. */
export const samples: Readonly<Record<FieldType, Sample>> = {
  TEXT: { value: '丁香canary', other: 'other' },
  LONG_TEXT: { value: 'first line\nsecond canary', other: 'other' },
  NUMBER: { value: 48_151, other: 7 },
  MONEY: { value: 62_342.5, other: 7 },
  PERCENT: { value: 31.25, other: 7 },
  RATING: { value: 4, other: 1 },
  BOOLEAN: { value: true, other: false },
  DATE: { value: '1907-03-21', other: '2001-01-01' },
  DATETIME: { value: '1911-04-05T06:07:08.009Z', other: '2001-01-01T00:00:00.000Z' },
  SELECT: { value: 'gold', other: 'blue', settings: { options } },
  MULTI_SELECT: { value: ['gold'], other: ['blue'], settings: { options } },
  EMAIL: { value: 'canary@example.com', other: 'other@example.com' },
  PHONE: { value: '+8613812341234', other: '+8613900000000' },
  URL: { value: 'https://example.com/canary', other: 'https://example.com/other' },
  REGION: { value: '659001', other: '110101' },
  USER: { value: ann!, other: bob! },
  FILE: { value: '5f0c1c1e-0d5b-4e9c-9d0a-3f6f3a1b7c01', other: '5f0c1c1e-0d5b-4e9c-9d0a-3f6f3a1b7c02' },
};
