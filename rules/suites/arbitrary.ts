import fc from 'fast-check';
import {
  fieldTypes,
  valueTypes,
  type FieldDefinition,
  type Row,
  type Rule,
  type Value,
  type ValueType,
} from '../src/index.ts';
import { suiteFields, suiteRegions, suiteUsers } from './catalogue.ts';

/** Values that lie where back ends are known to part: near each other, at bounds, and in unusual writing. */
const texts = ['a', 'A', 'b', 'é', '中', '张三', '😀', 'ａ', "O'Neil", '%', '_', '\\', 'null', '0', 'a b'];
const numbers = [0, 1, -1, 0.1, 0.2, 0.30000000000000004, 5, 70, 1e-7, 9007199254740991, -9007199254740991, 2.5];
/** Days and instants at the ends of windows before and behind the moment of the suites, and at the ends of time. */
const days = [
  '0001-01-01',
  '1999-12-31',
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
const instants = [
  '0001-01-01T00:00:00.000Z',
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
  '9999-12-31T23:59:59.999Z',
];

function literalOf(type: ValueType, field: FieldDefinition): fc.Arbitrary<NonNullable<Value>> {
  const pools: Record<ValueType, readonly NonNullable<Value>[]> = {
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
const fields: readonly FieldDefinition[] = [...suiteFields, createdAt, owner];

function typeOf(field: FieldDefinition): ValueType {
  return fieldTypes[field.type].valueType;
}

/** Random customers: a third of the values empty. */
export const arbitraryRow: fc.Arbitrary<Row> = fc.record(
  Object.fromEntries(fields.map((field) => [field.key, fc.option(literalOf(typeOf(field), field), { freq: 2 })])),
);

const reference = (field: FieldDefinition): Rule => ({ var: field.key });

/** The other side of a comparison: a literal, or a field of the same type. */
function operandFor(field: FieldDefinition): fc.Arbitrary<Rule> {
  const alike = fields.filter((other) => typeOf(other) === typeOf(field));
  return fc.oneof(
    { weight: 3, arbitrary: literalOf(typeOf(field), field) as fc.Arbitrary<Rule> },
    fc.constantFrom(...alike).map(reference),
  );
}

/** What `==` may compare a field with: several options only with `null`. */
function comparedWith(field: FieldDefinition): fc.Arbitrary<Rule> {
  return valueTypes[typeOf(field)].comparable ? fc.oneof(operandFor(field), fc.constant(null)) : fc.constant(null);
}

const anyField = fc.constantFrom(...fields);
const orderedField = fc.constantFrom(
  ...fields.filter((field) => ['TEXT', 'NUMBER', 'DATE', 'DATETIME'].includes(typeOf(field))),
);
const listedField = fc.constantFrom(...fields.filter((field) => !['BOOLEAN', 'OPTIONS'].includes(typeOf(field))));

const equality = fc
  .tuple(
    fc.constantFrom('==', '!='),
    anyField.chain((field) => fc.tuple(fc.constant(reference(field)), comparedWith(field))),
    fc.boolean(),
  )
  .map(([key, [a, b], swap]): Rule => ({ [key]: swap ? [b, a] : [a, b] }));

const order = fc
  .tuple(
    fc.constantFrom('<', '<=', '>', '>='),
    orderedField.chain((field) => fc.tuple(fc.constant(reference(field)), operandFor(field))),
    fc.boolean(),
  )
  .map(([key, [a, b], swap]): Rule => ({ [key]: swap ? [b, a] : [a, b] }));

const between = fc
  .tuple(
    fc.constantFrom('<', '<='),
    orderedField.chain((field) => fc.tuple(operandFor(field), fc.constant(reference(field)), operandFor(field))),
  )
  .map(([key, operands]): Rule => ({ [key]: operands }));

const membership = listedField
  .chain((field) =>
    fc.tuple(fc.constant(reference(field)), fc.array(literalOf(typeOf(field), field), { maxLength: 4 })),
  )
  .map((operands): Rule => ({ in: operands }));

const booleans = fc.constantFrom<Rule>({ var: 'vip' }, { var: 'churned' }, true, false);

const keysOf = (type: ValueType): readonly string[] =>
  fields.filter((field) => typeOf(field) === type).map(({ key }) => key);
const fieldOf = (...types: readonly ValueType[]): fc.Arbitrary<Rule> =>
  fc.constantFrom(...types.flatMap(keysOf)).map((key) => ({ var: key }));

const textOperand = fc.oneof(fieldOf('TEXT'), fc.constantFrom<Rule>(...texts));
const textTest = fc
  .tuple(fc.constantFrom('in', 'starts_with', 'ends_with'), textOperand, textOperand)
  .map(([key, a, b]): Rule => ({ [key]: [a, b] }));

const contractKeys = fc.constantFrom('monthly', 'one_year', 'two_year');
const having = fc
  .tuple(fc.constantFrom('has_any', 'has_all', 'has_none'), fc.array(contractKeys, { maxLength: 3 }))
  .map(([key, keys]): Rule => ({ [key]: [{ var: 'tags' }, keys] }));
const holding = fc.oneof(contractKeys, fieldOf('OPTION')).map((key): Rule => ({ in: [key, { var: 'tags' }] }));

const regionCodes = fc.constantFrom(...suiteRegions.keys());
const within = fc
  .tuple(fieldOf('REGION'), fc.oneof<fc.Arbitrary<Rule>[]>(regionCodes, fc.array(regionCodes, { maxLength: 3 })))
  .map(([place, codes]): Rule => ({ within_region: [place, codes] }));

const times = fc.oneof(
  { weight: 4, arbitrary: fieldOf('DATE', 'DATETIME') },
  fc.constantFrom<Rule>({ today: [] }, { now: [] }, ...days, ...instants),
);
const windowed = fc
  .tuple(
    fc.constantFrom('within_last', 'within_next'),
    fc.oneof(
      fc.tuple(fieldOf('DATE', 'DATETIME'), fc.constantFrom('day', 'week', 'month', 'year')),
      fc.tuple(fieldOf('DATETIME'), fc.constant('hour')),
    ),
    fc.constantFrom(1, 7, 24, 30, 1000),
  )
  .map(([key, [time, unit], count]): Rule => ({ [key]: [time, count, unit] }));

const ofADay = fc
  .tuple(fc.constantFrom('days_since', 'days_until', 'years_since', 'days_to_anniversary'), times)
  .map(([key, time]): Rule => ({ [key]: [time] }));

/** Numbers that are reckoned: sums beyond the bounds, quotients by 0, ages, the outcome of a choice. */
const reckoned: fc.Arbitrary<Rule> = fc.letrec<{ number: Rule }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fieldOf('NUMBER'),
    fc.constantFrom<Rule>(...numbers),
    ofADay,
    fc
      .tuple(fc.constantFrom('+', '*'), fc.array(tie('number'), { minLength: 1, maxLength: 3 }))
      .map(([key, operands]): Rule => ({ [key]: operands })),
    fc.tuple(fc.constantFrom('-', '/'), tie('number'), tie('number')).map(([key, a, b]): Rule => ({ [key]: [a, b] })),
    tie('number').map((number): Rule => ({ '-': [number] })),
    fc
      .tuple(booleans, tie('number'), fc.option(tie('number')))
      .map(([condition, a, b]): Rule => ({ if: b === null ? [condition, a] : [condition, a, b] })),
  ),
})).number;
const reckoning = fc
  .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), reckoned, reckoned)
  .map(([key, a, b]): Rule => ({ [key]: [a, b] }));
const dated = fc
  .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), fieldOf('DATE'))
  .map(([key, field]): Rule => ({ [key]: [field, { today: [] }] }));

/** Random rules that are well typed: every operation, empties, fields against fields, predicates as values. */
export const arbitraryRule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      equality,
      order,
      between,
      membership,
      booleans,
      textTest,
      having,
      holding,
      within,
      windowed,
      reckoning,
      dated,
    ),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('rule'), { minLength: 1, maxLength: 4 }))
      .map(([key, operands]): Rule => ({ [key]: operands })),
    tie('rule').map((rule): Rule => ({ '!': [rule] })),
    fc
      .tuple(fc.constantFrom('==', '!='), tie('rule'), fc.oneof(tie('rule'), booleans))
      .map(([key, a, b]): Rule => ({ [key]: [a, b] })),
    fc
      .tuple(tie('rule'), tie('rule'), fc.option(tie('rule')))
      .map(([condition, a, b]): Rule => ({ if: b === null ? [condition, a] : [condition, a, b] })),
  ),
})).rule;
