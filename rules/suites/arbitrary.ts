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
const days = ['0001-01-01', '1999-12-31', '2000-02-29', '2024-02-29', '2026-11-25', '9999-12-31'];
const instants = [
  '2024-02-29T15:59:59.999Z',
  '2024-02-29T16:00:00.000Z',
  '2026-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00.000Z',
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

/** Random rules that are well typed: every operation, empties, fields against fields, predicates as values. */
export const arbitraryRule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(equality, order, between, membership, booleans),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('rule'), { minLength: 1, maxLength: 4 }))
      .map(([key, operands]): Rule => ({ [key]: operands })),
    tie('rule').map((rule): Rule => ({ '!': [rule] })),
    fc
      .tuple(fc.constantFrom('==', '!='), tie('rule'), fc.oneof(tie('rule'), booleans))
      .map(([key, a, b]): Rule => ({ [key]: [a, b] })),
  ),
})).rule;
