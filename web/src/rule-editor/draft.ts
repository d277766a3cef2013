import type { Json, Rule } from '@kequn/rules';

/** How a group joins what it holds. */
export type Match = 'ALL' | 'ANY' | 'NONE';

/** How a line compares. */
export type OperatorName =
  | 'never'
  | 'is'
  | 'isNot'
  | 'less'
  | 'atMost'
  | 'greater'
  | 'atLeast'
  | 'between'
  | 'oneOf'
  | 'notOneOf'
  | 'contains'
  | 'containsNot'
  | 'startsWith'
  | 'endsWith'
  | 'includesAny'
  | 'includesAll'
  | 'includesNone'
  | 'within'
  | 'notWithin'
  | 'inLast'
  | 'notInLast'
  | 'inNext'
  | 'daysAgo'
  | 'anniversaryIn'
  | 'yearsAtLeast'
  | 'yearsLess'
  | 'isEmpty'
  | 'isNotEmpty'
  | 'member'
  | 'notMember';

/** How what a customer did becomes one value: as the rule language calls it. */
export type FoldName = 'count' | 'sum' | 'avg' | 'min_of' | 'max_of' | 'first' | 'last';

/** How something is compared, and with what; a value may be half typed (null where nothing is). */
export interface Comparison {
  readonly operator: OperatorName | null;
  readonly values: readonly Json[];
}

/** What one property of each event has to meet. */
export interface PropertyCondition extends Comparison {
  readonly property: string | null;
}

/** What customers did: events of one type, which of them count, and the one value that is made of those. */
export interface Behaviour {
  readonly kind: 'behaviour';
  readonly eventType: string;
  readonly fold: FoldName;
  /** What the value is made of; null where events are counted. */
  readonly property: string | null;
  /** Only events of the last so much time count: a number and its unit; empty where all do. */
  readonly period: readonly Json[];
  readonly conditions: readonly PropertyCondition[];
}

/** What is made of one field: a part of a date, the length of a text, a text whatever its case, a number rounded or without its sign. */
export type DerivationName = 'year' | 'month' | 'day' | 'weekday' | 'hour' | 'length' | 'lower' | 'round' | 'abs';

/** How a field is put together with others, numbers by calculating and texts by joining them: as the rule language calls it. */
export type SignName = '+' | '-' | '*' | '/' | '%' | 'min' | 'max' | 'cat';

/** What stands beside a field: another field, or a value that is given, which may be half typed (null where nothing is). */
export type Operand =
  { readonly kind: 'field'; readonly key: string } | { readonly kind: 'given'; readonly value: Json };

/** Something that is made of one field. */
export interface Derived {
  readonly kind: 'derived';
  readonly key: string;
  readonly derivation: DerivationName;
}

/** A field put together with one thing or more, in this order. */
export interface Combined {
  readonly kind: 'combined';
  readonly key: string;
  readonly sign: SignName;
  readonly others: readonly Operand[];
}

/** A part of a text. */
export interface Excerpt {
  readonly kind: 'excerpt';
  readonly key: string;
  readonly fromEnd: boolean;
  /** The character that it begins with, from 1 on at the start or at the end of the text; may be half typed. */
  readonly place: Json;
  /** Whether it has so many characters, goes on to the end, or to so many characters before the end. */
  readonly reach: 'length' | 'rest' | 'without';
  /** How many characters, where that is asked; may be half typed (null where nothing is). */
  readonly count: Json;
}

/** A value that depends on whether a field meets a condition. */
export interface Choice {
  readonly kind: 'choice';
  /** The field that the condition asks. */
  readonly key: string;
  readonly condition: Comparison;
  /** As what results are entered that are given, where neither is a field. */
  readonly type: 'NUMBER' | 'TEXT';
  readonly first: Operand;
  /** Null where there is no result if the condition does not hold. */
  readonly otherwise: Operand | null;
}

/** What a line asks about that starts from a field of the customer: the field itself, or what is made of it. */
export type OnField = { readonly kind: 'field'; readonly key: string } | Derived | Combined | Excerpt | Choice;

/** What a line asks about: a field of the customer or what is made of it, what the customer did, or membership in a segment. */
export type Subject = OnField | Behaviour | { readonly kind: 'membership' };

/** What every item of a draft has. */
interface Part {
  readonly id: string;
  /** Kept in the draft, but not part of the rule. */
  readonly disabled?: boolean;
}

/** One condition while it is edited: any part may still be missing. */
export interface Line extends Part, Comparison {
  readonly kind: 'line';
  readonly subject: Subject | null;
}

/** A condition that lines cannot draw, such as one field against another: kept as it was written. */
export interface Verbatim extends Part {
  readonly kind: 'verbatim';
  readonly rule: Rule;
}

/** Conditions and groups that count as one. */
export interface Group extends Part {
  readonly kind: 'group';
  readonly match: Match;
  readonly items: readonly Item[];
}

/** What a group holds. */
export type Item = Group | Line | Verbatim;

/** A rule while it is edited. Values of this type never change; an edit makes a new one. */
export interface Draft {
  readonly root: Group;
  /** A single condition in the outermost group is written by itself, not as a group of one. */
  readonly bare: boolean;
}

/** A draft without conditions. */
export function emptyDraft(id: string): Draft {
  return { root: { kind: 'group', id, match: 'ALL', items: [] }, bare: true };
}

/** All items of a group, outer before inner, in reading order. */
export function itemsWithin(group: Group): readonly Item[] {
  return group.items.flatMap((item) => (item.kind === 'group' ? [item, ...itemsWithin(item)] : [item]));
}

/** The items that count once they are complete: not those that are disabled, nor what a disabled group holds. */
export function itemsInForce(group: Group): readonly Item[] {
  return group.items
    .filter(({ disabled }) => !disabled)
    .flatMap((item) => (item.kind === 'group' ? [item, ...itemsInForce(item)] : [item]));
}

/** How many groups stand inside each other; a group without groups is 1. */
export function depthOf(group: Group): number {
  return 1 + Math.max(0, ...group.items.map((item) => (item.kind === 'group' ? depthOf(item) : 0)));
}
