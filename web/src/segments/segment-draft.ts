import type { Rule } from '@kequn/rules';
import type { SegmentInput, SegmentPartsFragment } from '../api/generated/graphql.ts';
import type { Resolution } from '../ui/ConflictDialog.vue';

/** What is edited of a segment. */
export interface SegmentEntries {
  readonly name: string;
  readonly description: string;
  readonly rule: Rule | null;
  /** Empty: outside of all folders. */
  readonly folder: string;
  readonly tags: readonly string[];
  /** The id of the user who looks after it. */
  readonly owner: string | null;
}

/** A segment while it is made or changed: what was read, and what stands in the form now. */
export interface SegmentDraft {
  readonly id: string | null;
  readonly version: number | null;
  readonly read: SegmentEntries;
  readonly entered: SegmentEntries;
}

const entryNames = ['name', 'description', 'rule', 'folder', 'tags', 'owner'] as const;

/** A segment to be changed, or a new one of whoever makes it. */
export function segmentDraft(segment: SegmentPartsFragment | null, maker: string | null = null): SegmentDraft {
  const read: SegmentEntries = {
    name: segment?.name ?? '',
    description: segment?.description ?? '',
    rule: segment?.rule ?? null,
    folder: segment?.folder ?? '',
    tags: segment?.tags ?? [],
    owner: segment ? (segment.owner?.id ?? null) : maker,
  };
  return { id: segment?.id ?? null, version: segment?.version ?? null, read, entered: read };
}

/** Which entries were changed. */
export function changedEntries({ read, entered }: SegmentDraft): readonly (keyof SegmentEntries)[] {
  return entryNames.filter((name) => !same(read[name], entered[name]));
}

/** Which entries both have changed, and not to the same. */
export function conflictingEntries(mine: SegmentDraft, theirs: SegmentDraft): readonly (keyof SegmentEntries)[] {
  return changedEntries(mine).filter(
    (name) => !same(theirs.read[name], mine.read[name]) && !same(theirs.read[name], mine.entered[name]),
  );
}

/** My changes on top of what the others saved, but for those where theirs is kept. */
export function rebaseSegment(mine: SegmentDraft, theirs: SegmentDraft, resolution: Resolution): SegmentDraft {
  const kept = changedEntries(mine).filter((name) => resolution[name] !== 'theirs');
  return {
    ...theirs,
    entered: { ...theirs.read, ...Object.fromEntries(kept.map((name) => [name, mine.entered[name]])) },
  };
}

/** What is sent; a rule that did not change is left out, so that it does not make a new version. */
export function segmentInput(draft: SegmentDraft): SegmentInput {
  const { id, version, entered } = draft;
  return {
    ...(id !== null && { id, version }),
    name: entered.name.trim(),
    description: entered.description.trim() || null,
    folder: entered.folder.trim() || null,
    tags: [...entered.tags],
    ownerId: entered.owner,
    ...(changedEntries(draft).includes('rule') && { rule: entered.rule }),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
