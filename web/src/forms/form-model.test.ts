import {
  checkForm,
  isFieldItem,
  partsOf,
  pictureWidths,
  type FormItem,
  type FormLayout,
  type Node,
  type Rule,
} from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fields, ofForms } from '../rule-editor/arbitrary-rules.ts';
import { record, redo, startHistory, undo } from '../ui/history.ts';
import { picturesIn, withPictures } from './copy-pictures.ts';
import {
  copyParts,
  foreignPictures,
  layoutParts,
  newPieces,
  pasteParts,
  readParts,
  type NewPart,
} from './form-clipboard.ts';
import { emptyLayout, toDraft, toLayout, type FormDraft } from './form-draft.ts';
import {
  duplicateParts,
  ownWords,
  removeParts,
  setColumns,
  setPart,
  wordsIn,
  type PartSettings,
} from './form-edits.ts';
import { insertBehind, insertPieces, moveBy, moveTo, type Direction, type Spot } from './form-moves.ts';
import { columnsOf, itemsOf, partsOfDraft, placedFields } from './form-tree.ts';

const catalogue = { ...ofForms, formulas: new Map<string, Node>() };
const keys = fields.map(({ key }) => key);

function counter(prefix = 'i'): () => string {
  let last = 0;
  return () => `${prefix}${(last += 1)}`;
}

/** Columns of one section, each item by its field, or its text. */
function sectionOf(...columns: readonly (readonly string[])[]): FormLayout['pages'][number]['sections'][number] {
  return { columns: columns.map((items) => ({ items: items.map(itemOf) })) };
}

function itemOf(name: string): FormItem {
  if (name === '-') return { divider: true };
  return keys.includes(name) ? { field: name } : { text: name };
}

function layoutOf(...sections: readonly (readonly (readonly string[])[])[]): FormLayout {
  return { pages: [{ sections: sections.map((columns) => sectionOf(...columns)) }] };
}

function told(draft: FormDraft): string {
  const item = (each: FormItem): string => {
    if (isFieldItem(each)) return each.field;
    return 'text' in each ? String(each.text) : '-';
  };
  return draft.pages
    .map(({ sections }) =>
      sections
        .map(({ columns }) => columns.map(({ items }) => items.map((each) => item(each.item)).join(' ')).join(' | '))
        .join(' / '),
    )
    .join(' // ');
}

/** The id of an item by its field or text. */
function idOf(draft: FormDraft, name: string): string {
  return itemsOf(draft).find(({ item }) => JSON.stringify(item) === JSON.stringify(itemOf(name)))!.id;
}

const two = (): FormDraft => toDraft(layoutOf([['name', 'amount', 'vip'], ['city']], [['orders', 'note']]), counter());

describe('parts are moved', () => {
  it.each<[string, Direction[], string]>([
    ['amount', ['up'], 'amount name vip | city / orders note'],
    ['amount', ['down'], 'name vip amount | city / orders note'],
    ['vip', ['down'], 'name amount | vip city / orders note'],
    ['vip', ['down', 'down', 'down'], 'name amount | city / vip orders note'],
    ['orders', ['up'], 'name amount vip | city orders / note'],
    ['city', ['left'], 'city name amount vip |  / orders note'],
    ['vip', ['right'], 'name amount | city vip / orders note'],
    ['name', ['up'], 'name amount vip | city / orders note'],
    ['note', ['down'], 'name amount vip | city / orders note'],
  ])('%s goes %j', (name, directions, expected) => {
    const start = two();
    const ids = new Set([idOf(start, name)]);
    expect(told(directions.reduce((now, direction) => moveBy(now, ids, direction), start))).toBe(expected);
  });

  it('several together, gathered at the first of them', () => {
    const start = two();
    const ids = new Set([idOf(start, 'name'), idOf(start, 'vip'), idOf(start, 'orders')]);
    const spot: Spot = { kind: 'item', column: columnsOf(start)[1]!.column.id, index: 1 };
    expect(told(moveTo(start, ids, spot))).toBe('amount | city name vip orders / note');
    expect(told(moveBy(start, ids, 'down'))).toBe('amount name vip orders | city / note');
  });

  it('sections and pages among their like', () => {
    const start = toDraft(
      { pages: [...layoutOf([['name']], [['vip']]).pages, ...layoutOf([['city']]).pages] },
      counter(),
    );
    const [first, second] = start.pages;
    const section = new Set([first!.sections[0]!.id]);
    expect(told(moveBy(start, section, 'down'))).toBe('vip / name // city');
    expect(told(moveBy(moveBy(start, section, 'down'), section, 'down'))).toBe('vip // name / city');
    expect(told(moveBy(start, new Set([second!.id]), 'up'))).toBe('city // name / vip');
    expect(moveBy(start, new Set([first!.id]), 'up')).toBe(start);
  });

  it('nowhere where nothing would change', () => {
    const start = two();
    const { column } = columnsOf(start)[0]!;
    for (const index of [1, 2])
      expect(moveTo(start, new Set([idOf(start, 'amount')]), { kind: 'item', column: column.id, index })).toBe(start);
  });
});

describe('parts are changed', () => {
  it('gives what stands in a removed column to the last that stays', () => {
    const start = toDraft(layoutOf([['name'], ['vip'], ['city', 'amount']]), counter());
    const [section] = start.pages[0]!.sections;
    expect(told(setColumns(start, section!.id, 1, counter('n')))).toBe('name vip city amount');
    expect(told(setColumns(start, section!.id, 9, counter('n')))).toBe('name | vip | city amount | ');
    expect(setColumns(start, section!.id, 3, counter('n'))).toBe(start);
  });

  it('copies texts and dividers, never fields', () => {
    const start = toDraft(layoutOf([['name', 'note', '-']]), counter());
    const section = new Set([start.pages[0]!.sections[0]!.id]);
    expect(told(duplicateParts(start, section, counter('n')))).toBe('name note - / note -');
    expect(duplicateParts(start, new Set([idOf(start, 'name')]), counter('n'))).toBe(start);
  });

  it('pastes what was copied, tells of fields that are there already, and brings back what was cut', () => {
    const start = toDraft(layoutOf([['name', 'note', 'vip']]), counter());
    const ids = new Set([idOf(start, 'name'), idOf(start, 'note')]);
    const text = copyParts(start, ids)!;
    const pasted = pasteParts(start, readParts(text, counter('p'))!, idOf(start, 'vip'), counter('n'));
    expect([told(pasted.draft), pasted.skipped]).toEqual(['name note vip note', ['name']]);
    const cut = pasteParts(removeParts(start, ids), readParts(text, counter('p'))!, undefined, counter('n'));
    expect([told(cut.draft), cut.skipped]).toEqual(['vip name note', []]);
    expect(readParts('hello', counter())).toBeUndefined();
  });

  it('keeps a page when all are removed, and makes a section for what is put on it', () => {
    const start = two();
    const empty = removeParts(start, new Set(start.pages.map(({ id }) => id)));
    expect(toLayout(empty)).toEqual({ pages: [{ sections: [] }] });
    expect(removeParts(empty, new Set([empty.pages[0]!.id]))).toBe(empty);
    const filled = insertBehind(empty, [{ id: 'x', item: { field: 'vip' } }], undefined, counter('n'));
    expect(toLayout(filled)).toEqual(layoutOf([['vip']]));
  });

  it('sets what is set of a picture, and keeps that it is one', () => {
    const start = toDraft(
      { pages: [{ sections: [{ columns: [{ items: [{ picture: 'one', alt: '' }] }] }] }] },
      counter(),
    );
    const { id } = itemsOf(start)[0]!;
    const set = (settings: PartSettings) => itemsOf(setPart(start, id, settings))[0]!.item;
    expect(set({ alt: undefined, width: 'SMALL', text: 'x', label: 'x' })).toEqual({ picture: 'one', width: 'SMALL' });
    expect(set({ picture: '' })).toEqual({ picture: '', alt: '' });
    expect(setPart(start, id, { picture: 'one', alt: '' })).toBe(start);
  });

  it('knows pictures that may be of another form, and names them otherwise', () => {
    const items = [{ picture: 'one', alt: 'picture' }, { picture: '' }, { picture: 'two' }];
    const layout: FormLayout = { pages: [{ sections: [{ columns: [{ items }] }] }] };
    const start = toDraft(layout, counter());
    const pieces = readParts(copyParts(start, new Set(itemsOf(start).map(({ id }) => id)))!, counter('p'))!;
    expect(foreignPictures(start, pieces)).toEqual([]);
    const [, , second] = itemsOf(start);
    expect(foreignPictures(removeParts(start, new Set([second!.id])), pieces)).toEqual(['two']);
    const named = withPictures(layout, new Map([['two', 'copy']]));
    expect([picturesIn(layout), picturesIn(named)]).toEqual([
      ['one', 'two'],
      ['one', 'copy'],
    ]);
    expect(itemsOf(toDraft(named, counter()))[0]!.item).toEqual(items[0]);
  });

  it('has texts per language', () => {
    expect(wordsIn(undefined, 'en', 'Hello')).toEqual({ en: 'Hello' });
    expect(wordsIn('你好', 'en', 'Hello')).toEqual({ 'zh-CN': '你好', en: 'Hello' });
    expect(wordsIn({ en: 'Hello' }, 'en', '')).toBeUndefined();
    expect(ownWords({ en: 'Hello' }, 'zh-CN')).toBe('');
  });
});

const text = fc.oneof(fc.string({ maxLength: 8 }), fc.record({ 'zh-CN': fc.string(), en: fc.string() }));
const rule = fc.constantFrom<Rule>({ '==': [{ var: 'vip' }, true] }, { '>': [{ var: 'amount' }, 5] });
const settings: fc.Arbitrary<PartSettings> = fc.record(
  {
    title: fc.option(text, { nil: undefined }),
    label: fc.option(text, { nil: undefined }),
    help: fc.option(text, { nil: undefined }),
    required: fc.constantFrom(true as const, undefined),
    requiredWhen: fc.option(rule, { nil: undefined }),
    picture: fc.constantFrom('', 'one', 'two'),
    alt: fc.option(text, { nil: undefined }),
    width: fc.option(fc.constantFrom(...pictureWidths), { nil: undefined }),
  },
  { requiredKeys: [] },
);
const newPart: fc.Arbitrary<NewPart> = fc.oneof(
  fc.constantFrom(...keys).map((key) => ({ kind: 'field' as const, key })),
  fc.constantFrom(...layoutParts).map((kind) => ({ kind })),
);

type Edit = (draft: FormDraft, newId: () => string) => FormDraft;

/** An edit of up to three parts, on whichever the numbers fall. */
function on(
  numbers: readonly number[],
  edit: (draft: FormDraft, ids: ReadonlySet<string>, newId: () => string) => FormDraft,
): Edit {
  return (draft, newId) => {
    const parts = partsOfDraft(draft);
    return edit(draft, new Set(numbers.map((number) => parts[number % parts.length]!.id)), newId);
  };
}

function add(draft: FormDraft, part: NewPart, at: string, newId: () => string): FormDraft {
  const pieces = newPieces(part, newId);
  if (pieces.kind === 'item') return insertBehind(draft, pieces.parts, at, newId);
  const spot: Spot =
    pieces.kind === 'page' ? { kind: 'page', index: 1 } : { kind: 'section', page: draft.pages[0]!.id, index: 0 };
  return insertPieces(draft, pieces, spot);
}

const edit: fc.Arbitrary<Edit> = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 3 }).chain((numbers) =>
  fc.oneof(
    {
      arbitrary: newPart.map((part) => on(numbers, (draft, ids, newId) => add(draft, part, [...ids][0]!, newId))),
      weight: 4,
    },
    fc.constant(on(numbers, removeParts)),
    fc.constant(on(numbers, duplicateParts)),
    fc
      .constantFrom<Direction>('up', 'down', 'left', 'right')
      .map((direction) => on(numbers, (draft, ids) => moveBy(draft, ids, direction))),
    fc.nat({ max: 5 }).map((index) =>
      on(numbers, (draft, ids) => {
        const columns = columnsOf(draft);
        const column = columns[index % Math.max(1, columns.length)]?.column.id ?? '';
        return moveTo(draft, ids, { kind: 'item', column, index });
      }),
    ),
    fc
      .integer({ min: 0, max: 6 })
      .map((count) =>
        on(numbers, (draft, ids, newId) => [...ids].reduce((now, id) => setColumns(now, id, count, newId), draft)),
      ),
    settings.map((change) =>
      on(numbers, (draft, ids) => [...ids].reduce((now, id) => setPart(now, id, change), draft)),
    ),
    fc.constant(
      on(numbers, (draft, ids, newId) => {
        const copied = copyParts(draft, ids);
        const pieces = copied === undefined ? undefined : readParts(copied, newId);
        return pieces ? pasteParts(draft, pieces, [...ids][0], newId).draft : draft;
      }),
    ),
  ),
);

/** What of a form is wrong by its shape, not by what its rules say, nor by what is yet to be said of pictures. */
function faultsOf(layout: FormLayout): readonly unknown[] {
  const checked = checkForm(layout, catalogue);
  const faults = checked.ok
    ? []
    : checked.problems.filter(({ code, path }) => code !== 'CYCLE' && !/\/(?:picture|alt)$/.test(path));
  const sections = layout.pages.flatMap((page) => page.sections);
  const odd = sections.filter(({ columns }) => columns.length < 1 || columns.length > 4);
  return [...faults, ...odd, ...(layout.pages.length === 0 ? ['no page'] : [])];
}

describe('whatever is edited', () => {
  it('every step leaves a form that can be filled, and undone all of them give the first, redone the last', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        const newId = counter();
        const start = toDraft(emptyLayout, newId);
        let history = startHistory(start);
        for (const each of edits) {
          const next = each(history.present, newId);
          expect(faultsOf(toLayout(next))).toEqual([]);
          const ids = partsOfDraft(next).map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          history = record(history, next);
        }
        const last = history.present;
        for (const _ of edits) history = undo(history);
        expect(history.present).toBe(start);
        for (const _ of edits) history = redo(history);
        expect(history.present).toBe(last);
      }),
    );
  });

  it('moving loses and doubles nothing', () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 20 }),
        fc.array(fc.nat({ max: 60 }), { minLength: 1 }),
        (edits, numbers) => {
          const newId = counter();
          const draft = edits.reduce((now, each) => each(now, newId), toDraft(emptyLayout, newId));
          for (const direction of ['up', 'down', 'left', 'right'] as const) {
            const after = on(numbers, (now, ids) => moveBy(now, ids, direction))(draft, newId);
            expect([...placedFields(after)].toSorted()).toEqual([...placedFields(draft)].toSorted());
            expect(partsOf(toLayout(after))).toHaveLength(partsOf(toLayout(draft)).length);
          }
        },
      ),
    );
  });

  it('a layout is the same after it was opened', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        const newId = counter();
        const layout = toLayout(edits.reduce((now, each) => each(now, newId), toDraft(emptyLayout, newId)));
        expect(toLayout(toDraft(layout, newId))).toEqual(layout);
      }),
    );
  });
});
