import fc from 'fast-check';
import { commonProperties, valueTypes, type FieldDefinition, type FieldValueType, type Rule } from '../src/index.ts';
import { days, fields, instants, literalOf, numbers, texts, typeOf } from './arbitrary-customers.ts';
import { suiteEvents, suiteRegions, suiteSegments, suiteViewer } from './catalogue.ts';

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

/** A field of the same type. */
function operandOfAType(field: FieldDefinition): fc.Arbitrary<Rule> {
  return fc.constantFrom(...fields.filter((other) => typeOf(other) === typeOf(field))).map(reference);
}

const anyField = fc.constantFrom(...fields);
const orderedField = fc.constantFrom(
  ...fields.filter((field) => ['TEXT', 'NUMBER', 'DATE', 'DATETIME'].includes(typeOf(field))),
);
const listedField = fc.constantFrom(...fields.filter((field) => !['BOOLEAN', 'OPTIONS'].includes(typeOf(field))));

const compares = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');

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

const keysOf = (type: FieldValueType): readonly string[] =>
  fields.filter((field) => typeOf(field) === type).map(({ key }) => key);
const fieldOf = (...types: readonly FieldValueType[]): fc.Arbitrary<Rule> =>
  fc.constantFrom(...types.flatMap(keysOf)).map((key) => ({ var: key }));

/** Numbers at which texts are cut: ends, beyond them, fractions and empties. */
const cut = fc.oneof(fc.constantFrom<Rule>(0, 1, -1, 2, -2, 0.5, -0.5, -1.5, 1e15), fieldOf('NUMBER'));
const textOperand: fc.Arbitrary<Rule> = fc.letrec<{ text: Rule }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: fieldOf('TEXT') },
    { weight: 2, arbitrary: fc.constantFrom<Rule>(...texts) },
    tie('text').map((text): Rule => ({ lower: [text] })),
    fc
      .array(fc.oneof({ weight: 4, arbitrary: tie('text') }, fc.constant('')), { minLength: 1, maxLength: 3 })
      .map((operands): Rule => ({ cat: operands })),
    fc
      .tuple(tie('text'), cut, fc.option(cut))
      .map(([text, start, size]): Rule => ({ substr: size === null ? [text, start] : [text, start, size] })),
  ),
})).text;
const textTest = fc
  .tuple(fc.constantFrom('in', 'starts_with', 'ends_with'), textOperand, textOperand)
  .map(([key, a, b]): Rule => ({ [key]: [a, b] }));

const textOrder = fc
  .tuple(compares, textOperand, fc.oneof(textOperand, fieldOf('TEXT')))
  .map(([key, a, b]): Rule => ({ [key]: [a, b] }));
const textEmpty = textOperand.map((text): Rule => ({ '==': [text, null] }));

const contractKeys = fc.constantFrom('monthly', 'one_year', 'two_year');
const having = fc
  .tuple(fc.constantFrom('has_any', 'has_all', 'has_none'), fc.array(contractKeys, { maxLength: 3 }))
  .map(([key, keys]): Rule => ({ [key]: [{ var: 'tags' }, keys] }));
const quantified = fc
  .tuple(fc.constantFrom('some', 'none'), fc.array(contractKeys, { maxLength: 3 }))
  .map(([key, keys]): Rule => ({ [key]: [{ var: 'tags' }, { in: [{ var: '' }, keys] }] }));
const holding = fc.oneof(contractKeys, fieldOf('OPTION')).map((key): Rule => ({ in: [key, { var: 'tags' }] }));

const regionCodes = fc.constantFrom(...suiteRegions.keys());
const within = fc
  .tuple(fieldOf('REGION'), fc.oneof<fc.Arbitrary<Rule>[]>(regionCodes, fc.array(regionCodes, { maxLength: 3 })))
  .map(([place, codes]): Rule => ({ within_region: [place, codes] }));

/** So many units to move a time by: what is not whole, too far, or leaves the years that there are gives nothing. */
const shift = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Rule>(0, 1, -1, 7, -12, 24, 0.5, 119_999, -119_999, 1_000_000, 1_000_001) },
  fieldOf('NUMBER'),
);
function moved(time: fc.Arbitrary<Rule>, units: readonly string[]): fc.Arbitrary<Rule> {
  return fc.tuple(time, shift, fc.constantFrom(...units)).map((operands): Rule => ({ date_add: operands }));
}
const calendarUnits = ['day', 'week', 'month', 'year'];
const dates: fc.Arbitrary<Rule> = fc.letrec<{ date: Rule }>((tie) => ({
  date: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fieldOf('DATE') },
    fc.constantFrom<Rule>({ today: [] }, ...days),
    moved(tie('date'), calendarUnits),
  ),
})).date;
const datetimes: fc.Arbitrary<Rule> = fc.letrec<{ instant: Rule }>((tie) => ({
  instant: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fieldOf('DATETIME') },
    fc.constantFrom<Rule>({ now: [] }, ...instants),
    moved(tie('instant'), ['hour', ...calendarUnits]),
  ),
})).instant;
const times = fc.oneof(dates, datetimes);
const timePart = fc
  .oneof(fc.tuple(times, fc.constantFrom('year', 'month', 'day', 'weekday')), fc.tuple(datetimes, fc.constant('hour')))
  .map((operands): Rule => ({ part: operands }));
const windowed = fc
  .tuple(
    fc.constantFrom('within_last', 'within_next'),
    fc.oneof(fc.tuple(times, fc.constantFrom(...calendarUnits)), fc.tuple(datetimes, fc.constant('hour'))),
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
    timePart,
    textOperand.map((text): Rule => ({ length: [text] })),
    tie('number').chain((number) => fc.constantFrom<Rule>({ round: [number] }, { abs: [number] })),
    fc
      .tuple(fc.constantFrom('+', '*', 'min', 'max'), fc.array(tie('number'), { minLength: 1, maxLength: 3 }))
      .map(([key, operands]): Rule => ({ [key]: operands })),
    fc
      .tuple(fc.constantFrom('-', '/', '%'), tie('number'), tie('number'))
      .map(([key, a, b]): Rule => ({ [key]: [a, b] })),
    tie('number').map((number): Rule => ({ '-': [number] })),
    fc
      .tuple(booleans, tie('number'), fc.option(tie('number')))
      .map(([condition, a, b]): Rule => ({ if: b === null ? [condition, a] : [condition, a, b] })),
  ),
})).number;
const reckoning = fc.tuple(compares, reckoned, reckoned).map(([key, a, b]): Rule => ({ [key]: [a, b] }));
/** One of two values of a type, compared or asked whether it is empty. */
const chosen = fc
  .tuple(
    fc.constantFrom('==', '!='),
    booleans,
    anyField.chain((field) => fc.tuple(fc.constant(reference(field)), operandOfAType(field), comparedWith(field))),
  )
  .map(([key, condition, [a, b, c]]): Rule => ({ [key]: [{ if: [condition, a, b] }, c] }));

/** Days, years and parts of days beside the numbers at which they turn. */
const turning = fc
  .tuple(
    compares,
    fc.oneof({ weight: 3, arbitrary: ofADay }, timePart),
    fc.constantFrom(0, 1, 7, 12, 28, 29, 364, 365, 366),
  )
  .map(([key, number, n]): Rule => ({ [key]: [number, n] }));
const dated = fc
  .tuple(
    compares,
    fc.oneof(fc.tuple(dates, fc.constant({ today: [] })), fc.tuple(dates, dates), fc.tuple(datetimes, datetimes)),
  )
  .filter(([, operands]) => operands.some((operand) => typeof operand === 'object'))
  .map(([key, operands]): Rule => ({ [key]: operands }));

const property = (...types: readonly FieldValueType[]): fc.Arbitrary<FieldDefinition> =>
  fc.constantFrom(
    ...[...commonProperties, ...suiteEvents.get('order')!.properties].filter((field) => types.includes(typeOf(field))),
  );

/** A condition over one order. */
const ofAnOrder: fc.Arbitrary<Rule> = fc.letrec<{ condition: Rule }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Rule>({ var: 'paid' }, true),
    property('TEXT', 'NUMBER', 'DATE', 'DATETIME', 'BOOLEAN').chain((field) =>
      fc
        .tuple(fc.constantFrom('==', '!='), fc.oneof(literalOf(typeOf(field), field), fc.constant(null)))
        .map(([key, value]): Rule => ({ [key]: [reference(field), value as Rule] })),
    ),
    property('TEXT', 'NUMBER', 'DATE', 'DATETIME').chain((field) =>
      fc
        .tuple(fc.constantFrom('<', '<=', '>', '>='), literalOf(typeOf(field), field))
        .map(([key, value]): Rule => ({ [key]: [reference(field), value as Rule] })),
    ),
    fc
      .tuple(
        fc.constantFrom('within_last', 'within_next'),
        fc.constantFrom(1, 7, 30),
        fc.constantFrom('hour', 'day', 'month'),
      )
      .map(([key, count, unit]): Rule => ({ [key]: [{ var: 'at' }, count, unit] })),
    property('DATE', 'DATETIME').map((field): Rule => ({ '<': [{ days_since: [reference(field)] }, 30] })),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
      .map(([key, operands]): Rule => ({ [key]: operands })),
    tie('condition').map((condition): Rule => ({ '!': [condition] })),
  ),
})).condition;

const orders: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant<Rule>({ var: 'events.order' }),
  ofAnOrder.map((condition): Rule => ({ filter: [{ var: 'events.order' }, condition] })),
  fc
    .tuple(ofAnOrder, ofAnOrder)
    .map(([first, second]): Rule => ({ filter: [{ filter: [{ var: 'events.order' }, first] }, second] })),
);
const lists = fc.oneof({ weight: 4, arbitrary: orders }, fc.constant<Rule>({ var: 'events.visit' }));
const folded = (keys: readonly string[], ...types: readonly FieldValueType[]): fc.Arbitrary<Rule> =>
  fc
    .tuple(fc.constantFrom(...keys), orders, property(...types))
    .map(([key, list, field]): Rule => ({ [key]: [list, field.key] }));
const anyFold = ['min_of', 'max_of', 'first', 'last'];
const behaviour: fc.Arbitrary<Rule> = fc.oneof(
  fc.tuple(fc.constantFrom('==', '!='), lists).map(([key, list]): Rule => ({ [key]: [list, null] })),
  fc
    .tuple(compares, lists, fc.constantFrom(0, 1, 2))
    .map(([key, list, n]): Rule => ({ [key]: [{ count: [list] }, n] })),
  fc
    .tuple(
      compares,
      folded(['sum', 'avg', ...anyFold], 'NUMBER'),
      fc.oneof(fieldOf('NUMBER'), fc.constantFrom(...numbers)),
    )
    .map(([key, a, b]): Rule => ({ [key]: [a, b] })),
  fc.tuple(compares, folded(anyFold, 'TEXT'), textOperand).map(([key, a, b]): Rule => ({ [key]: [a, b] })),
  fc.tuple(compares, folded(anyFold, 'DATE'), dates).map(([key, a, b]): Rule => ({ [key]: [a, b] })),
  fc.tuple(compares, folded(anyFold, 'DATETIME'), datetimes).map(([key, a, b]): Rule => ({ [key]: [a, b] })),
  folded(['first', 'last'], 'BOOLEAN'),
  folded(anyFold, 'DATE', 'DATETIME').map((time): Rule => ({ '>': [{ days_since: [time] }, 3] })),
  fc
    .tuple(folded(['sum', 'avg', 'first'], 'NUMBER'), folded(['max_of', 'last'], 'NUMBER'))
    .map(([a, b]): Rule => ({ '>': [{ '-': [a, b] }, 0] })),
);
const membershipOf = fc.constantFrom(...suiteSegments.keys()).map((key): Rule => ({ in_segment: [key] }));

/** An attribute of the viewer, more often than not of another type than its place asks for, or not there at all. */
const attribute = fc.constantFrom(...Object.keys(suiteViewer.attributes), 'absent').map((key): Rule => ({ me: [key] }));
const ofViewer: fc.Arbitrary<Rule> = fc.oneof(
  fc.constantFrom('==', '!=').map((key): Rule => ({ [key]: [{ var: 'owner' }, { me: ['id'] }] })),
  fc
    .tuple(fc.constantFrom('==', '!='), listedField, attribute, fc.boolean())
    .map(([key, field, me, swap]): Rule => ({ [key]: swap ? [me, reference(field)] : [reference(field), me] })),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>='), orderedField, attribute)
    .map(([key, field, me]): Rule => ({ [key]: [reference(field), me] })),
  fc.tuple(fc.constantFrom('==', '!='), attribute).map(([key, me]): Rule => ({ [key]: [me, null] })),
  fc.tuple(compares, reckoned, attribute).map(([key, number, me]): Rule => ({ [key]: [{ '+': [number, me] }, 70] })),
  attribute.map((me): Rule => ({ within_region: [me, ['440000']] })),
  fc.tuple(listedField, attribute).map(([field, me]): Rule => ({ in: [reference(field), me] })),
  fc.tuple(reckoned, attribute).map(([number, me]): Rule => ({ in: [number, me] })),
  fc
    .tuple(fc.constantFrom('has_any', 'has_all', 'has_none'), attribute)
    .map(([key, me]): Rule => ({ [key]: [{ var: 'tags' }, me] })),
  attribute.map((me): Rule => ({ some: [{ var: 'tags' }, { in: [{ var: '' }, me] }] })),
  attribute.map((me): Rule => ({ within_region: [{ var: 'region' }, me] })),
  attribute.map((me): Rule => ({ in: [me, { var: 'tags' }] })),
  attribute.map((me): Rule => ({ and: [me] })),
);

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
      textOrder,
      textEmpty,
      having,
      quantified,
      holding,
      within,
      windowed,
      reckoning,
      dated,
      turning,
      chosen,
      behaviour,
      membershipOf,
      ofViewer,
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
