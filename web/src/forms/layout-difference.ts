import { fieldItemsOf, isFieldItem, partsOf, type FieldItem, type FormLayout, type LayoutPart } from '@kequn/rules';
import { rulesOf } from './form-problems.ts';
import { sorted } from './form-sheet.ts';

/** What can have changed of a field that stands on both layouts. */
export type ChangedSetting =
  'words' | 'required' | 'visibleWhen' | 'requiredWhen' | 'readOnlyWhen' | 'default' | 'compute' | 'optionsWhen';

/** How one layout differs from another; fields by their keys. */
export interface LayoutDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Those that stand elsewhere, or in another order among those that stay. */
  readonly moved: readonly string[];
  readonly changed: readonly { readonly field: string; readonly settings: readonly ChangedSetting[] }[];
  /** How many pages and sections there were and are, where that differs. */
  readonly pages: readonly [before: number, after: number] | undefined;
  readonly sections: readonly [before: number, after: number] | undefined;
  /** Texts, dividers, titles, columns, or the rules of pages and sections are others. */
  readonly texts: boolean;
}

/** Compares two layouts field by field. */
export function layoutDifference(before: FormLayout, after: FormLayout): LayoutDifference {
  const [was, is] = [fieldItemsOf(before), fieldItemsOf(after)];
  const [wasKeys, isKeys] = [keysOf(was), keysOf(is)];
  return {
    added: isKeys.filter((key) => !wasKeys.includes(key)),
    removed: wasKeys.filter((key) => !isKeys.includes(key)),
    moved: movedFields(was, is),
    changed: is.flatMap(({ part }) => {
      const former = was.find((each) => each.part.field === part.field);
      const settings = former ? changedSettings(former.part, part) : [];
      return settings.length > 0 ? [{ field: part.field, settings }] : [];
    }),
    pages: counts(before, after, ({ pages }) => pages.length),
    sections: counts(before, after, ({ pages }) => pages.reduce((sum, { sections }) => sum + sections.length, 0)),
    texts: sorted(bare(before)) !== sorted(bare(after)),
  };
}

/** Whether two layouts say the same. */
export function isSameLayout({ added, removed, moved, changed, pages, sections, texts }: LayoutDifference): boolean {
  return added.length + removed.length + moved.length + changed.length === 0 && !pages && !sections && !texts;
}

function keysOf(items: readonly LayoutPart<FieldItem>[]): readonly string[] {
  return items.map(({ part }) => part.field);
}

function counts(
  before: FormLayout,
  after: FormLayout,
  count: (layout: FormLayout) => number,
): readonly [number, number] | undefined {
  const [was, is] = [count(before), count(after)];
  return was === is ? undefined : [was, is];
}

/** The column that an item stands in, by its place. */
function columnOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/items/'));
}

/** As few as tell the new order: those outside of the longest run of fields that stayed in their column and order. */
function movedFields(was: readonly LayoutPart<FieldItem>[], is: readonly LayoutPart<FieldItem>[]): readonly string[] {
  const formerIndex = new Map(was.map(({ part }, index) => [part.field, index]));
  const formerColumn = new Map(was.map(({ part, path }) => [part.field, columnOf(path)]));
  const both = is.filter(({ part }) => formerIndex.has(part.field));
  const stayed = both.filter(({ part, path }) => formerColumn.get(part.field) === columnOf(path));
  const order = longestRun(stayed.map(({ part }) => formerIndex.get(part.field) as number));
  const inOrder = new Set(order.map((index) => was[index]?.part.field));
  return keysOf(both).filter((key) => !inOrder.has(key));
}

/** The longest part of a list of numbers that rises. */
function longestRun(numbers: readonly number[]): readonly number[] {
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [at, number] of numbers.entries()) {
    const found = ends.findIndex((end) => (numbers[end] as number) >= number);
    const length = found === -1 ? ends.length : found;
    before[at] = ends[length - 1];
    ends[length] = at;
  }
  const run: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = before[at]) run.unshift(numbers[at] as number);
  return run;
}

function changedSettings(was: FieldItem, is: FieldItem): readonly ChangedSetting[] {
  const words = sorted([was.label, was.help]) !== sorted([is.label, is.help]);
  const required = (was.required ?? false) !== (is.required ?? false);
  const rules = (['visibleWhen', 'requiredWhen', 'readOnlyWhen', 'default', 'compute', 'optionsWhen'] as const).filter(
    (name) => sorted([was[name]]) !== sorted([is[name]]),
  );
  return [...(words ? (['words'] as const) : []), ...(required ? (['required'] as const) : []), ...rules];
}

/** What a layout says beside its fields, in reading order. */
function bare(layout: FormLayout): unknown {
  return partsOf(layout).flatMap(({ part }): unknown[] => {
    if (isFieldItem(part)) return [];
    if ('sections' in part) return [['page', part.title, rulesOf(part)]];
    if ('columns' in part) return [['section', part.title, part.columns.length, rulesOf(part)]];
    return [part];
  });
}
