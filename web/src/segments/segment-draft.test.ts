import { describe, expect, it } from 'vitest';
import type { SegmentPartsFragment } from '../api/generated/graphql.ts';
import {
  changedEntries,
  conflictingEntries,
  rebaseSegment,
  segmentDraft,
  segmentInput,
  type SegmentDraft,
  type SegmentEntries,
} from './segment-draft.ts';

const stored = {
  id: 's1',
  key: 'coast',
  name: 'Coast',
  description: null,
  status: 'DRAFT',
  version: 4,
  rule: true,
  folder: 'East',
  tags: ['key'],
  owner: { id: 'u1', name: 'Li' },
} satisfies Partial<SegmentPartsFragment>;

function draft(parts: Partial<SegmentPartsFragment> = {}): SegmentDraft {
  return segmentDraft({ ...stored, ...parts } as SegmentPartsFragment);
}

function entered(before: SegmentDraft, change: Partial<SegmentEntries>): SegmentDraft {
  return { ...before, entered: { ...before.entered, ...change } };
}

describe('a new segment', () => {
  it('belongs to whoever makes it, and is not changed by that', () => {
    const made = segmentDraft(null, 'u7');
    expect(changedEntries(made)).toEqual([]);
    expect(segmentInput(entered(made, { name: ' Coast ', rule: true, folder: ' East ' }))).toEqual({
      name: 'Coast',
      description: null,
      folder: 'East',
      tags: [],
      ownerId: 'u7',
      rule: true,
    });
  });
});

describe('a segment that exists', () => {
  it('is sent without a rule that did not change', () => {
    expect(segmentInput(entered(draft(), { tags: ['key', 'more'], owner: null, folder: '' }))).toEqual({
      id: 's1',
      version: 4,
      name: 'Coast',
      description: null,
      folder: null,
      tags: ['key', 'more'],
      ownerId: null,
    });
  });

  it('is unchanged again when what was entered is taken back', () => {
    expect(changedEntries(entered(draft(), { tags: ['key'], folder: 'East', owner: 'u1' }))).toEqual([]);
    expect(changedEntries(entered(draft(), { tags: [], folder: 'West', owner: 'u2' }))).toEqual([
      'folder',
      'tags',
      'owner',
    ]);
  });

  it('keeps of what two have changed what is chosen, and of the rest what each changed', () => {
    const mine = entered(draft(), { tags: ['mine'], folder: 'Mine', name: 'Mine' });
    const theirs = draft({ version: 5, tags: ['theirs'], folder: 'Theirs', owner: null });
    expect(conflictingEntries(mine, theirs)).toEqual(['folder', 'tags']);
    expect(rebaseSegment(mine, theirs, { folder: 'theirs', tags: 'mine' }).entered).toMatchObject({
      name: 'Mine',
      folder: 'Theirs',
      tags: ['mine'],
      owner: null,
    });
  });
});
