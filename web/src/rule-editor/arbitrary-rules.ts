import {
  catalogueOf,
  commonProperties,
  eventProperty,
  fieldTypes,
  type Catalogue,
  type FieldDefinition,
  type FieldType,
  type Json,
  type Rule,
} from '@kequn/rules';
import fc from 'fast-check';
import { foldNames, propertiesFor } from './behaviour.ts';
import { takesMore } from './combined.ts';
import type { Choice, Excerpt, OnField, Operand, OperatorName } from './draft.ts';
import { reaches } from './excerpt.ts';
import { unmoved, writeMovedDate, type MovedDate, type Shift } from './moved-date.ts';
import { formsOf, valueOf, withForm, writeOnField } from './on-field.ts';
import { operators, order, operatorsOf, operatorsOfCounts, operatorsOfTotals, type Arity } from './operators.ts';
import { viewerValue } from './viewer-value.ts';

/* Random rules for tests, over a catalogue with a field of most types, two event types and two segments. */

function field(key: string, type: FieldType): FieldDefinition {
  const options =
    type === 'SELECT' || type === 'MULTI_SELECT'
      ? ['bj', 'sh', 'gz'].map((option) => ({ key: option, label: option, labels: {}, color: null, archived: false }))
      : [];
  return {
    key,
    type,
    label: key,
    labels: {},
    options,
    validation: {},
    required: false,
    unique: false,
    archived: false,
  };
}

/** The fields of the catalogue. */
export const fields = [
  field('name', 'TEXT'),
  field('nickname', 'TEXT'),
  field('amount', 'NUMBER'),
  field('orders', 'NUMBER'),
  field('vip', 'BOOLEAN'),
  field('city', 'SELECT'),
  field('birthday', 'DATE'),
  field('seen', 'DATETIME'),
  field('due', 'DATE'),
  field('home', 'REGION'),
  field('likes', 'MULTI_SELECT'),
];
const regions = new Map([['440300', '广东省深圳市']]);
/** What rules of a form may name. */
export const ofForms: Catalogue = catalogueOf(fields, new Map(), 'Asia/Shanghai', regions);
const properties = [
  eventProperty('store', 'TEXT', 'Store'),
  eventProperty('paid', 'BOOLEAN', 'Paid'),
  eventProperty('due', 'DATE', 'Due'),
];
/** What rules may name. */
export const catalogue: Catalogue = {
  ...ofForms,
  events: new Map([
    ['order', { key: 'order', label: 'Order', labels: {}, properties }],
    ['visit', { key: 'visit', label: 'Visit', labels: {}, properties: [] }],
  ]),
  segments: new Map([
    ['vip', 'VIP'],
    ['new', 'New'],
  ]),
};

/** What the filter of a list may name. */
export const ofLists: Catalogue = { ...catalogue, viewer: true };

/** Values of each type, as rules write them. */
export const literals: Readonly<Record<FieldType, fc.Arbitrary<Json>>> = {
  TEXT: fc.stringMatching(/^[a-z一-龥]{1,6}$/),
  NUMBER: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  BOOLEAN: fc.boolean(),
  SELECT: fc.constantFrom('bj', 'sh', 'gz'),
  DATE: fc.constantFrom('2024-02-29', '1999-12-31', '2026-01-01'),
  DATETIME: fc.constant('2026-01-01T00:00:00.000Z'),
  LONG_TEXT: fc.constant('long'),
  MONEY: fc.integer({ min: 0, max: 1_000 }),
  PERCENT: fc.integer({ min: 0, max: 100 }),
  RATING: fc.integer({ min: 1, max: 5 }),
  MULTI_SELECT: fc.constant('bj'),
  EMAIL: fc.constant('a@b.cn'),
  PHONE: fc.constant('+8613812345678'),
  URL: fc.constant('https://b.cn'),
  REGION: fc.constant('440300'),
  USER: fc.constant('nobody'),
  FILE: fc.constant('0f8fad5b-d9cb-469f-a165-70867728950e'),
};

/** A comparison by one of the operators, with its values. */
function comparisons(
  type: FieldType,
  names: readonly OperatorName[],
  value = literals[type],
): fc.Arbitrary<{ operator: OperatorName; values: readonly Json[] }> {
  return fc.constantFrom(...names).chain((operator) => {
    const number = fc.integer({ min: 1, max: 100 });
    const values: Readonly<Record<Arity, fc.Arbitrary<readonly Json[]>>> = {
      none: fc.constant([]),
      one: fc.tuple(value),
      two: fc.tuple(value, value),
      many: fc.array(value, { minLength: 1, maxLength: 4 }),
      days: fc.tuple(number),
      years: fc.tuple(number),
      window: fc.tuple(number, fc.constantFrom('day', 'week', 'month', 'year')),
    };
    return values[operators[operator].arity].map((filled) => ({ operator, values: filled }));
  });
}

/** A comparison of something by one of the operators, as a condition. */
function compared(
  subject: Rule,
  type: FieldType,
  names: readonly OperatorName[],
  value = literals[type],
): fc.Arbitrary<Rule> {
  return comparisons(type, names, value).map(({ operator, values }) => operators[operator].write(subject, values));
}

const onFields = fc
  .constantFrom(...fields)
  .chain(({ key, type }) => compared({ var: key }, type, operatorsOf[fieldTypes[type].valueType]));
/** What a line may ask for about a field besides its form. */
export interface Filling {
  readonly numbers: readonly Operand[];
  readonly texts: readonly Operand[];
  readonly excerpt: Pick<Excerpt, 'fromEnd' | 'place' | 'reach' | 'count'>;
  readonly choice: Pick<Choice, 'key' | 'condition' | 'type' | 'first' | 'otherwise'>;
}
function operandsOf(given: fc.Arbitrary<Json>, keys: readonly string[]): fc.Arbitrary<readonly Operand[]> {
  const one = fc.oneof(
    given.map((value): Operand => ({ kind: 'given', value })),
    fc.constantFrom(...keys).map((key): Operand => ({ kind: 'field', key })),
  );
  return fc.array(one, { minLength: 1, maxLength: 4 });
}
type Results = Pick<Choice, 'type' | 'first' | 'otherwise'>;
/** Two results of one type, the first one a field at least where that type is no type of given ones. */
function resultsOf(type: Choice['type'], given: FieldType, keys: readonly string[]): fc.Arbitrary<Results> {
  const named = fc.constantFrom(...keys).map((key): Operand => ({ kind: 'field', key }));
  const entered = literals[given].map((value): Operand => ({ kind: 'given', value }));
  const first = given === type ? fc.oneof(named, entered) : named;
  return fc.record({ type: fc.constant(type), first, otherwise: fc.option(fc.oneof(named, entered)) });
}
const resultsOfNumbers = resultsOf('NUMBER', 'NUMBER', ['amount', 'orders']);
const resultsOfTexts = resultsOf('TEXT', 'TEXT', ['name', 'nickname']);
const resultsOfDates = resultsOf('NUMBER', 'DATE', ['due', 'birthday']);
const resultsOfOptions = resultsOf('NUMBER', 'SELECT', ['city']);
/** Random ones of what lines may ask for. */
export const fillings: fc.Arbitrary<Filling> = fc.record({
  numbers: operandsOf(literals.NUMBER, ['amount', 'orders']),
  texts: operandsOf(fc.oneof(literals.TEXT, fc.constantFrom('', ' ', '-')), ['name', 'nickname']),
  excerpt: fc.record({
    fromEnd: fc.boolean(),
    place: fc.integer({ min: 1, max: 20 }),
    reach: fc.constantFrom(...reaches),
    count: fc.integer({ min: 1, max: 20 }),
  }),
  choice: fc
    .tuple(fc.constantFrom(...fields), fc.oneof(resultsOfNumbers, resultsOfTexts, resultsOfDates, resultsOfOptions))
    .chain(([{ key, type }, results]) =>
      comparisons(type, operatorsOf[fieldTypes[type].valueType]).map((condition) => ({ key, condition, ...results })),
    ),
});
/** Something on a field with all that it asks for. */
export function filledIn(subject: OnField, { numbers, texts, excerpt, choice }: Filling): OnField {
  if (subject.kind === 'choice') return { ...subject, ...choice };
  if (subject.kind === 'excerpt') return { ...subject, ...excerpt };
  if (subject.kind !== 'combined') return subject;
  const others = subject.sign === 'cat' ? texts : numbers;
  return { ...subject, others: takesMore(subject) ? others : others.slice(0, 1) };
}
/** What is made of a field. */
const onDerived = fc
  .constantFrom(...fields)
  .chain((one) =>
    fc.constantFrom(...formsOf(one)).map((form) => withForm({ kind: 'field', key: one.key }, form, catalogue)),
  )
  .chain((subject) => fillings.map((filling) => filledIn(subject, filling)))
  .chain(comparedOn);
function comparedOn(subject: OnField): fc.Arbitrary<Rule> {
  const { type } = valueOf(subject, catalogue)!;
  return compared(writeOnField(subject), type, operatorsOf[fieldTypes[type].valueType]);
}

/** Days that are reckoned from others, as a line holds them. */
export const movedDates: fc.Arbitrary<MovedDate> = fc
  .record({
    field: fc.constantFrom(null, 'birthday', 'due'),
    shift: fc.constantFrom<Shift>('none', 'after', 'before'),
    count: fc.nat({ max: 400 }),
    unit: fc.constantFrom('day', 'week', 'month', 'year'),
  })
  .map((parts) => ({ ...unmoved(null, true), ...parts }));
const onMovedDates = compared({ var: 'due' }, 'DATE', order, fc.oneof(literals.DATE, movedDates.map(writeMovedDate)));
const onMovedInstants = compared(
  { var: 'seen' },
  'DATETIME',
  order,
  movedDates.map(({ field: from, ...moved }) =>
    writeMovedDate({ ...moved, field: from && 'created_at', ofDay: false } as MovedDate),
  ),
);
const onProperty = fc
  .constantFrom(...commonProperties, ...properties)
  .chain(({ key, type }) => compared({ var: key }, type, operatorsOf[fieldTypes[type].valueType]));

/** A list of orders: all, those of the last so much time, or those that meet conditions. */
const orders: fc.Arbitrary<Rule> = fc
  .tuple(fc.option(fc.integer({ min: 1, max: 90 })), fc.array(onProperty, { maxLength: 3 }))
  .map(([days, conditions]): Rule => {
    const asked = days === null ? conditions : [{ within_last: [{ var: 'at' }, days, 'day'] }, ...conditions];
    const [only] = asked;
    if (only === undefined) return { var: 'events.order' };
    return { filter: [{ var: 'events.order' }, asked.length === 1 ? only : { and: asked }] };
  });
const onBehaviour = fc.tuple(orders, fc.constantFrom(...foldNames)).chain(([list, fold]) => {
  if (fold === 'count') return compared({ count: [list] }, 'NUMBER', operatorsOfCounts);
  return fc.constantFrom(...propertiesFor({ eventType: 'order', fold }, catalogue)).chain(({ key, type }) => {
    const names = fold === 'sum' ? operatorsOfTotals : operatorsOf[fieldTypes[type].valueType];
    return compared({ [fold]: [list, key] }, type, names);
  });
});
const onMembership = fc
  .tuple(fc.constantFrom('member' as const, 'notMember' as const), fc.constantFrom('vip', 'new'))
  .map(([name, segment]) => operators[name].write(null, [segment]));
/** A condition that a line can draw where somebody looks on, and only there. */
export const onViewer: fc.Arbitrary<Rule> = fc
  .constantFrom('is' as const, 'isNot' as const)
  .map((name) => operators[name].write({ var: 'owner' }, [viewerValue]));
/** A condition that a line can draw. */
export const anyLine: fc.Arbitrary<Rule> = fc.oneof(
  onFields,
  onDerived,
  onMovedDates,
  onMovedInstants,
  onBehaviour,
  onMembership,
);

/** Rules that lines and groups can draw, and among them conditions that they cannot. */
export const { drawn: anyRule } = fc.letrec<{ drawn: Rule; group: Rule; foreign: Rule }>((tie) => ({
  drawn: fc.oneof({ depthSize: 'small' }, anyLine, tie('foreign'), tie('group')),
  foreign: fc.constantFrom<Rule>(
    { '==': [{ var: 'name' }, { var: 'name' }] },
    { '<': [1, { var: 'amount' }, 5] },
    { '==': [{ lower: [{ var: 'name' }] }, 'VIP'] },
    { '>': [{ '+': [{ var: 'amount' }, { '*': [{ var: 'orders' }, 2] }] }, 5] },
    { '==': [{ cat: ['x', { var: 'name' }] }, 'xy'] },
    { '==': [{ substr: [{ var: 'name' }, { var: 'amount' }] }, 'xy'] },
    { '>': [{ if: [{ var: 'vip' }, 1, 2] }, 1] },
    { '>': [{ if: [{ '==': [{ var: 'vip' }, true] }, 1, { '==': [{ var: 'city' }, 'bj'] }, 2, 3] }, 1] },
    { '>': [{ '-': [5, { var: 'amount' }] }, 5] },
    { '<': [{ var: 'due' }, { date_add: [{ date_add: [{ today: [] }, 1, 'day'] }, 1, 'month'] }] },
    { var: 'vip' },
    { '!=': [{ var: 'events.order' }, null] },
    { '>': [{ count: [{ filter: [{ var: 'events.order' }, { or: [{ '>': [{ var: 'amount' }, 1] }] }] }] }, 1] },
    { '!': [{ and: [{ var: 'vip' }] }] },
    true,
  ),
  group: fc
    .tuple(fc.constantFrom('and', 'or', 'none'), fc.array(tie('drawn'), { minLength: 1, maxLength: 4 }))
    .map(([kind, operands]): Rule => (kind === 'none' ? { '!': [{ or: operands }] } : { [kind]: operands })),
}));
