import type { CheckTools } from '../fields/check-tools.ts';
import { checkValue } from '../fields/check-value.ts';
import type { FieldDefinition, FieldType } from '../fields/field-definition.ts';
import type { Json, Value } from '../json.ts';
import type { Locale } from '../locale.ts';
import { diceOf, type Dice } from './dice.ts';
import { longTextFor, textFor } from './sample-text.ts';

/** What values are made up for. */
export interface SampleOrder {
  /** The same seed makes the same values. */
  readonly seed: string;
  readonly locale: Locale;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
  /** Ids of users who may be chosen. */
  readonly users: readonly string[];
  readonly tools: CheckTools;
}

type Sampler = (field: FieldDefinition, dice: Dice, order: SampleOrder) => Json;

const DAY_MS = 86_400_000;

/** A number within the bounds of its field, in steps of its decimals; within the usual ones as far as those are open. */
function numberWithin(
  { validation }: FieldDefinition,
  dice: Dice,
  { least, most, decimals }: { readonly least: number; readonly most: number; readonly decimals: number },
): number {
  const { min, max } = validation;
  const from = typeof min === 'number' ? min : Math.min(least, typeof max === 'number' ? max : least);
  const to = typeof max === 'number' ? max : Math.max(most, from + (most - least));
  const step = 10 ** Math.min(decimals, validation.decimals ?? decimals);
  return dice.between(Math.ceil(from * step), Math.floor(to * step)) / step;
}

/** A day within the bounds of its field: of somebody's birth long ago, of anything else within a year. */
function dayWithin(field: FieldDefinition, dice: Dice, { today }: SampleOrder): string {
  const now = Date.parse(today) / DAY_MS;
  const isOfBirth = /生日|出生|birth|born/i.test([field.label, ...Object.values(field.labels), field.key].join(' '));
  const [least, most] = isOfBirth ? [now - 25_000, now - 7_000] : [now - 365, now];
  const bound = (day: string | number | undefined): number | undefined =>
    typeof day === 'string' ? Date.parse(day) / DAY_MS : undefined;
  const [min, max] = [bound(field.validation.min), bound(field.validation.max)];
  const from = Math.max(min ?? -Infinity, Math.min(least, max ?? least));
  const to = Math.min(max ?? Infinity, Math.max(most, from));
  return new Date(dice.between(from, to) * DAY_MS).toISOString().slice(0, 10);
}

function offered({ options }: FieldDefinition): readonly string[] {
  return options.filter(({ archived }) => !archived).map(({ key }) => key);
}

/** Values as people enter them, by field type; null where none can be made up, as of files. One that is missing does not compile. */
const samplers: Readonly<Record<FieldType, Sampler>> = {
  TEXT: (field, dice, { locale }) => textFor(field, locale, dice),
  LONG_TEXT: (field, dice, { locale }) => longTextFor(field, locale, dice),
  NUMBER: (field, dice) => numberWithin(field, dice, { least: 18, most: 70, decimals: 0 }),
  MONEY: (field, dice) => numberWithin(field, dice, { least: 100, most: 9_999, decimals: 2 }),
  PERCENT: (field, dice) => numberWithin(field, dice, { least: 0, most: 100, decimals: 1 }),
  RATING: ({ validation: { max } }, dice) => dice.between(1, typeof max === 'number' ? max : 5),
  BOOLEAN: (_field, dice) => dice.one([true, false])!,
  DATE: dayWithin,
  DATETIME: (field, dice, order) =>
    `${dayWithin(field, dice, order)}T${String(dice.between(1, 12)).padStart(2, '0')}:${dice.one(['00', '15', '30'])!}:00Z`,
  SELECT: (field, dice) => dice.one(offered(field)) ?? null,
  MULTI_SELECT: (field, dice) => [...dice.some(offered(field), 3)],
  EMAIL: (_field, dice) => `${dice.one(['grace', 'daniel', 'mei', 'laura'])!}${dice.between(1, 99)}@example.com`,
  PHONE: (_field, dice) =>
    dice.one([
      `1380013${dice.between(1_000, 9_999)}`,
      `1390099${dice.between(1_000, 9_999)}`,
      '+85251234567',
      '+12025550123',
    ])!,
  URL: (_field, dice) => `https://example.com/${dice.one(['about', 'shop', 'news'])!}/${dice.between(1, 99)}`,
  REGION: (_field, dice, { tools }) => dice.one([...tools.regions.keys()]) ?? null,
  USER: (_field, dice, { users }) => dice.one(users) ?? null,
  FILE: () => null,
};

/** Values that are tried before a field is left empty: a pattern may be met by none of them. */
const TRIES = 40;

/** A made-up value of a field, one that it accepts, in normal form; null where none was found. */
export function sampleValue(field: FieldDefinition, order: SampleOrder): Value {
  for (let nth = 0; nth < TRIES; nth += 1) {
    const dice = diceOf(`${order.seed} ${field.key} ${nth}`);
    const checked = checkValue(field, samplers[field.type](field, dice, order), order.tools);
    if (checked.ok && checked.value !== null) return checked.value;
  }
  return null;
}
