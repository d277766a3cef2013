import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  everySegment,
  foldersOf,
  narrowed,
  readNarrowing,
  statuses,
  tagsOf,
  writeNarrowing,
  type Narrowing,
} from './segment-list.ts';

const segments = [
  { id: 'a', folder: '华东', status: 'ACTIVE', tags: ['重点', '复购'] },
  { id: 'b', folder: null, status: 'DRAFT', tags: [] },
  { id: 'c', folder: '华北', status: 'ACTIVE', tags: ['重点'] },
  { id: 'd', folder: '华东', status: 'PAUSED', tags: ['10 月', '9 月'] },
] as const;

describe('narrowing a list of segments', () => {
  it.each<[string, Partial<Narrowing>, string]>([
    ['nothing', {}, 'abcd'],
    ['a folder', { folder: '华东' }, 'ad'],
    ['outside of all folders', { folder: '' }, 'b'],
    ['a state', { status: 'ACTIVE' }, 'ac'],
    ['a tag', { tag: '重点' }, 'ac'],
    ['all of them', { folder: '华东', status: 'ACTIVE', tag: '复购' }, 'a'],
    ['what there is not', { folder: '华' }, ''],
  ])('by %s', (_, by, found) => {
    const ids = narrowed(segments, { ...everySegment, ...by }).map(({ id }) => id);
    expect(ids.join('')).toBe(found);
  });

  it('offers each folder and tag once, by pinyin and number', () => {
    expect(foldersOf(segments)).toEqual(['华北', '华东']);
    expect(tagsOf(segments)).toEqual(['9 月', '10 月', '复购', '重点']);
  });
});

describe('the address of a list of segments', () => {
  it('gives back the narrowing that it was written from', () => {
    const narrowings: fc.Arbitrary<Narrowing> = fc.record({
      search: fc.string(),
      folder: fc.option(fc.string()),
      status: fc.option(fc.constantFrom(...statuses)),
      tag: fc.option(fc.string({ minLength: 1 })),
    });
    fc.assert(
      fc.property(narrowings, (narrowing) => {
        expect(readNarrowing(writeNarrowing(narrowing) as never)).toEqual(narrowing);
      }),
    );
  });

  it('does not narrow by what is none', () => {
    expect(readNarrowing({})).toEqual(everySegment);
    expect(readNarrowing({ q: null, folder: ['a', 'b'], status: 'GONE', tag: '' })).toEqual(everySegment);
    expect([...readNarrowing({ q: '王'.repeat(300) }).search]).toHaveLength(200);
  });
});
