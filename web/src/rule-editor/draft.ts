import type { Json, Rule } from '@kequn/rules';

/** How a group joins what it holds. */
export type Match = 'ALL' | 'ANY' | 'NONE';

/** How a line compares. */
export type OperatorName =
  | 'is'
  | 'isNot'
  | 'less'
  | 'atMost'
  | 'greater'
  | 'atLeast'
  | 'between'
  | 'oneOf'
  | 'notOneOf'
  | 'isEmpty'
  | 'isNotEmpty';

/** One condition while it is edited: any part may still be missing, and a value may be half typed (null where nothing is). */
export interface Line {
  readonly kind: 'line';
  readonly id: string;
  readonly field: string | null;
  readonly operator: OperatorName | null;
  readonly values: readonly Json[];
}

/** A condition that lines cannot draw, such as one field against another: kept as it was written. */
export interface Verbatim {
  readonly kind: 'verbatim';
  readonly id: string;
  readonly rule: Rule;
}

/** Conditions and groups that count as one. */
export interface Group {
  readonly kind: 'group';
  readonly id: string;
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

/** How many groups stand inside each other; a group without groups is 1. */
export function depthOf(group: Group): number {
  return 1 + Math.max(0, ...group.items.map((item) => (item.kind === 'group' ? depthOf(item) : 0)));
}
