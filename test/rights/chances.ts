import type { FieldType, Json } from '@kequn/rules';
import { Dice } from './dice.ts';
import { samples } from './samples.ts';
import type { SameNames } from './same-names.ts';
import { alike, hiddenKey, keys, maskedKey, segmentKeys, unseenCode } from './twins.ts';

/** Values of the unique field: of the viewer's customers, of nobody's, and of those in either world whom the viewer does not see. */
const codes = [
  ...'c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 k1 k2 one-3 other-3'.split(' '),
  '',
  ...(['one', 'other'] as const).flatMap((side) => [1, 4, 8, 99].map((n) => unseenCode(side, n))),
];
/** Words that stand in open values, in closed ones of either world, and in nobody's. */
const words = [
  '安',
  'aq',
  'note 1',
  'one 3',
  'other 4',
  'canary',
  'unseen',
  '西',
  'West',
  '1381234',
  'one-3',
  'c1',
  'zzz',
  '',
];
const numbers = [0, 1, 3, 7, 130, 500, 30_000, 48_151, 62_342.5, 1_000, -3];
const days = ['1907-03-21', '1975-05-11', '2001-01-01'];
const optionKeys = ['gold', 'blue', 'grey', 'nosuch'];

/** An instant before the worlds, two while they are built and asked, and one after. */
const instants = ['2001-01-01T00:00:00Z', '2031-05-05T05:00:30Z', '2031-05-05T09:00:00Z', '2100-01-01T00:00:00Z'];

/** A list of which one page is known. */
export interface Page {
  readonly kind: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly after: string;
}

/** What random questions are made of: chances, and what earlier answers told. */
export class Chances extends Dice {
  readonly pages: Page[] = [];
  readonly #ids = new Map<string, Set<string>>();
  readonly #versions = new Map<string, number>();
  /** The keys of fields that the viewer made. */
  readonly own: string[] = [];
  made = 0;

  /** Notes the ids and versions that an answer tells, by their names. */
  learn(value: unknown, names: SameNames): void {
    if (typeof value !== 'object' || value === null) return;
    const { __typename: type, id, key, version } = value as Record<string, unknown>;
    const name = typeof id === 'string' && id.length === 36 ? names.nameOf(id, 'id') : undefined;
    if (typeof type === 'string' && name) this.know(type, name);
    const versioned = name ?? key;
    if (typeof version === 'number' && typeof versioned === 'string') this.#versions.set(versioned, version);
    for (const inner of Object.values(value)) this.learn(inner, names);
  }

  know(type: string, name: string): void {
    if (!this.#ids.has(type)) this.#ids.set(type, new Set());
    this.#ids.get(type)!.add(name);
  }

  /** An id of a type; rarely of another one, or of nothing. */
  id(type: string): string {
    if (this.chance(0.04)) return this.one(['', 'nosuch', '018f0000-0000-7000-8000-000000000000']);
    const of = this.chance(0.03) ? this.one([...this.#ids.keys()]) : type;
    return this.one([...(this.#ids.get(of) ?? ['nosuch'])]);
  }

  /** One that was learnt lately. */
  lateId(type: string): string {
    return this.one([...(this.#ids.get(type) ?? ['nosuch'])].slice(-6));
  }

  /** The version of what has it, nearly always. */
  version(of: string): number {
    return this.chance(0.05) ? this.under(3) : (this.#versions.get(of) ?? 1);
  }

  instant(): string | null {
    return this.chance(0.5) ? null : this.one(instants);
  }

  word(): string {
    return this.one(words);
  }

  /** The key of a field, mostly of one that the viewer reads. */
  key(): string {
    const roll = this.roll();
    if (roll < 0.6) return this.one(keys.visible);
    if (roll < 0.68) return this.one([...this.own, 'name']);
    if (roll < 0.73) return this.one(['created_at', 'updated_at', 'owner', 'events', 'id']);
    if (roll < 0.83) return this.one(keys.hidden);
    if (roll < 0.93) return this.one(keys.masked);
    return this.one([...keys.missing, ...keys.archived]);
  }

  /** A value for a field. */
  value(key: string): Json {
    if (this.chance(0.08)) return null;
    for (const type of Object.keys(samples) as FieldType[]) {
      if (key === hiddenKey(type)) return this.one([samples[type].value, samples[type].other]);
      if (key === maskedKey(type)) return this.one([...alike[type], '张*', '***', '138****1234']);
    }
    if (key === 'code') return this.one(codes);
    if (key === 'city') return this.chance(0.9) ? 'east' : this.one(['west', 'north']);
    if (key === 'level') return this.one(optionKeys);
    if (key === 'tags') return this.some(optionKeys, 2);
    if (['score', 'rank', 'doubled', 'released', 'h_doubled', 'm_doubled'].includes(key)) return this.one(numbers);
    if (['born', 'created_at', 'updated_at'].includes(key)) return this.one(days);
    return this.one(words.slice(0, -1));
  }

  values(most: number): Record<string, Json> {
    const writable = ['name', 'note', 'level', 'tags', 'score', 'city', 'code'];
    const given = this.some(writable, most).map((key) => [key, this.value(key)]);
    const more = this.chance(0.15) ? this.some([this.key()], 1).map((key) => [key, this.value(key)]) : [];
    return Object.fromEntries([...given, ...more]) as Record<string, Json>;
  }

  /** A rule, right or wrong. */
  rule(depth = 2): Json {
    if (depth > 0 && this.chance(0.3)) {
      const parts = [this.rule(depth - 1), this.rule(depth - 1)];
      return this.one<Json>([{ and: parts }, { or: parts }, { '!': [parts[0]!] }]);
    }
    const roll = this.roll();
    if (roll < 0.07) return { in_segment: [this.one([...segmentKeys, 'nosuch'])] };
    if (roll < 0.1) return { '>': [{ count: [{ var: 'events.order' }] }, this.under(3)] };
    if (roll < 0.13)
      return this.one<Json>([{}, true, 'x', { and: [] }, { var: '' }, { '==': [{ var: 'owner' }, { me: ['id'] }] }]);
    return this.condition(this.key());
  }

  condition(key: string): Json {
    const read = { var: key };
    const value = this.value(key);
    if (this.chance(0.15)) return { [this.one(['==', '!='])]: [read, null] };
    if (typeof value === 'number' || key === 'born')
      return { [this.one(['>', '<', '>=', '<=', '==', '!='])]: [read, value] };
    if (key === 'tags' || Array.isArray(value))
      return { [this.one(['has_any', 'has_all', 'has_none'])]: [read, value ?? []] };
    if (typeof value === 'string' && key !== 'level' && this.chance(0.5))
      return this.one<Json>([{ in: [value, read] }, { starts_with: [read, value] }]);
    return this.chance(0.3) ? { in: [read, [value]] } : { [this.one(['==', '!='])]: [read, value] };
  }

  /** A rule that the viewer may ask, if the fields are still there. */
  openRule(): Json {
    return this.chance(0.35) ? this.rule() : this.condition(this.one(keys.visible));
  }

  order(): { field: string; descending: boolean }[] {
    const some = this.chance(0.8) ? keys.visible : [this.key()];
    return this.some(some, 2).map((field) => ({ field, descending: this.chance(0.5) }));
  }
}
