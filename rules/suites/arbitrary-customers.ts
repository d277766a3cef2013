import fc from 'fast-check';
import {
  commonProperties,
  fieldTypes,
  withEvents,
  withSegments,
  type EventsByType,
  type EventTypeDefinition,
  type FieldDefinition,
  type FieldValueType,
  type Row,
  type Value,
} from '../src/index.ts';
import { suiteEvents, suiteFields, suiteRegions, suiteSegments, suiteUsers } from './catalogue.ts';

/** Texts in which back ends are known to part: near each other, at bounds, and in unusual writing. */
export const texts = [
  'a',
  'A',
  'b',
  'é',
  '中',
  '张三',
  '😀',
  'ａ',
  'ΑΣ',
  'İ',
  'ǅ',
  'a😀É',
  "O'Neil",
  '%',
  '_',
  '\\',
  'null',
  '0',
  'a b',
];
/** Numbers at bounds, and beside each other. */
export const numbers = [
  0, 1, -1, 0.1, 0.2, 0.30000000000000004, 5, 70, 1e-7, 9007199254740991, -9007199254740991, 2.5, -2.5,
  0.49999999999999994, -3,
];
/** Days at the ends of windows before and behind the moment of the suites, and at the ends of time. */
export const days = [
  '0001-01-01',
  '1999-12-31',
  '2011-12-30',
  '2000-02-29',
  '2024-02-29',
  '2025-02-28',
  '2025-03-01',
  '2026-02-01',
  '2026-02-22',
  '2026-02-28',
  '2026-03-01',
  '2026-03-02',
  '2026-03-08',
  '2026-04-01',
  '2027-03-01',
  '2026-11-25',
  '9999-12-31',
];
/** The same of instants. */
export const instants = [
  '0001-01-01T00:00:00.000Z',
  '2011-12-30T09:59:59.999Z',
  '2011-12-30T10:00:00.000Z',
  '2024-02-29T15:59:59.999Z',
  '2024-02-29T16:00:00.000Z',
  '2026-01-01T00:00:00.000Z',
  '2026-02-27T17:04:05.677Z',
  '2026-02-27T17:04:05.678Z',
  '2026-02-27T17:04:05.679Z',
  '2026-02-28T16:00:00.000Z',
  '2026-02-28T17:04:05.678Z',
  '2026-02-28T17:04:05.679Z',
  '2026-03-07T17:04:05.678Z',
  '2026-03-08T06:59:59.999Z',
  '2026-03-08T07:00:00.000Z',
  '2026-04-04T15:00:00.000Z',
  '2026-11-01T05:30:00.000Z',
  '9999-12-31T23:59:59.999Z',
];

/** A value of a type: of an option, one that the field has. */
export function literalOf(type: FieldValueType, field: FieldDefinition): fc.Arbitrary<NonNullable<Value>> {
  const pools: Record<FieldValueType, readonly NonNullable<Value>[]> = {
    TEXT: texts,
    NUMBER: numbers,
    BOOLEAN: [true, false],
    DATE: days,
    DATETIME: instants,
    OPTION: field.options.map(({ key }) => key),
    USER: [...suiteUsers.keys()],
    REGION: [...suiteRegions.keys()],
    OPTIONS: [['monthly'], ['monthly', 'one_year'], ['two_year']],
  };
  return fc.constantFrom(...pools[type]);
}

const createdAt: FieldDefinition = { ...suiteFields[0]!, key: 'created_at', type: 'DATETIME' };
const owner: FieldDefinition = { ...suiteFields[0]!, key: 'owner', type: 'USER' };
/** What customers of the suites are described by: their fields, when they were made and whose they are. */
export const fields: readonly FieldDefinition[] = [...suiteFields, createdAt, owner];

/** What rules see of a field. */
export function typeOf(field: FieldDefinition): FieldValueType {
  return fieldTypes[field.type].valueType;
}

const valueOf = (field: FieldDefinition): fc.Arbitrary<Value> =>
  fc.option(literalOf(typeOf(field), field) as fc.Arbitrary<Value>, { freq: 2 });
const valuesOf = (some: readonly FieldDefinition[]): fc.Arbitrary<Row> =>
  fc.record(Object.fromEntries(some.map((field) => [field.key, valueOf(field)])));

/** Up to four events of a type, in the order of their instants, some at the same one; a third of the values empty. */
function eventsOfType({ properties }: EventTypeDefinition): fc.Arbitrary<readonly Row[]> {
  const [, amount] = commonProperties;
  const event = fc.tuple(fc.constantFrom(...instants), valuesOf([amount!, ...properties]));
  return fc
    .array(event, { maxLength: 4 })
    .map((list) =>
      list.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([at, values]) => ({ ...values, at })),
    );
}
const arbitraryEvents: fc.Arbitrary<EventsByType> = fc.record(
  Object.fromEntries([...suiteEvents.values()].map((type) => [type.key, eventsOfType(type)])),
);

/** Random customers: a third of the values empty; what they did, and the segments they are in. */
export const arbitraryRow: fc.Arbitrary<Row> = fc
  .tuple(valuesOf(fields), arbitraryEvents, fc.subarray([...suiteSegments.keys()]))
  .map(([values, events, segments]) => withSegments(withEvents(values, events), segments));
