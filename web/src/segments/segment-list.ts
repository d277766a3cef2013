import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { SegmentStatus } from '../api/generated/graphql.ts';

/** To what a list of segments is narrowed. */
export interface Narrowing {
  readonly search: string;
  /** Null: in any; empty: outside of all. */
  readonly folder: string | null;
  readonly status: SegmentStatus | null;
  readonly tag: string | null;
}

/** Where a segment is put and what it is marked with. */
export interface Marked {
  readonly folder?: string | null | undefined;
  readonly tags: readonly string[];
}

/** Every state that a segment can be in, in the order in which it comes to them. */
export const statuses: readonly SegmentStatus[] = ['DRAFT', 'ACTIVE', 'PAUSED'];

/** Characters of a search, at most. */
const searchLength = 200;

/** All segments. */
export const everySegment: Narrowing = { search: '', folder: null, status: null, tag: null };

/** Reads a narrowing from the address; what is none there does not narrow. */
export function readNarrowing(query: LocationQuery): Narrowing {
  const text = (name: string): string | null => (typeof query[name] === 'string' ? query[name] : null);
  return {
    search: [...(text('q') ?? '')].slice(0, searchLength).join(''),
    folder: text('folder'),
    status: statuses.find((status) => status.toLowerCase() === text('status')) ?? null,
    tag: text('tag') || null,
  };
}

/** Writes a narrowing into an address. */
export function writeNarrowing({ search, folder, status, tag }: Narrowing): LocationQueryRaw {
  return {
    ...(search !== '' && { q: search }),
    ...(folder !== null && { folder }),
    ...(status !== null && { status: status.toLowerCase() }),
    ...(tag !== null && { tag }),
  };
}

/** The segments of a folder, a state and a tag, in their order. */
export function narrowed<Segment extends Marked & { readonly status: SegmentStatus }>(
  segments: readonly Segment[],
  { folder, status, tag }: Narrowing,
): readonly Segment[] {
  return segments.filter(
    (segment) =>
      (folder === null || (segment.folder ?? '') === folder) &&
      (status === null || segment.status === status) &&
      (tag === null || segment.tags.includes(tag)),
  );
}

/** The folders in use. */
export function foldersOf(segments: readonly Marked[]): readonly string[] {
  return inOrder(segments.flatMap(({ folder }) => folder ?? []));
}

/** The tags in use. */
export function tagsOf(segments: readonly Marked[]): readonly string[] {
  return inOrder(segments.flatMap(({ tags }) => tags));
}

/** Each once, Chinese by pinyin. */
function inOrder(marks: readonly string[]): readonly string[] {
  return [...new Set(marks)].toSorted(new Intl.Collator('zh-CN', { numeric: true }).compare);
}
