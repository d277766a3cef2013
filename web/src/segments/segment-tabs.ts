const all = ['rule', 'members', 'versions', 'history'] as const;

/** A part of a segment's page. */
export type SegmentTab = (typeof all)[number];

/** The parts that are open to a reader, the first of them first: of a segment that is only shared with them, its members and moves. */
export function tabsOf(segment: {
  readonly restricted?: string | null;
  readonly sharedWithMe: boolean;
}): readonly SegmentTab[] {
  if (segment.sharedWithMe) return ['members', 'history'];
  return segment.restricted ? [] : all;
}
