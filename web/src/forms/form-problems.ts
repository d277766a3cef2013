import {
  checkForm,
  checkFormula,
  checkRule,
  fieldItemsOf,
  fieldsOf,
  isFieldItem,
  isSystemField,
  type FieldItem,
  type FormCatalogue,
  type FormItem,
  type FormLayout,
  type FormPage,
  type FormSection,
  type Rule,
  type Sentence,
} from '@kequn/rules';
import { toLayout, type FormDraft } from './form-draft.ts';
import { itemsOf, partsOfDraft, placedFields } from './form-tree.ts';
import { offersNothing, type OffersNothing } from './option-table.ts';

/** Something that is wrong with a part of a form. */
export interface PartProblem {
  /** The id of the part. */
  readonly part: string;
  /** The setting that it is about, such as `visibleWhen`; empty where it is the part itself. */
  readonly setting: string;
  readonly message: Sentence;
}

/** Everything that keeps a form from being saved and published, in reading order. */
export function formProblems(draft: FormDraft, catalogue: FormCatalogue): readonly PartProblem[] {
  const outcome = checkForm(toLayout(draft), catalogue);
  if (outcome.ok) return [];
  return outcome.problems.map(({ path, message }) => {
    const { part, rest } = partAtPath(draft, path);
    return { part, setting: rest.split('/')[1] ?? '', message };
  });
}

/** The part that a JSON Pointer into the layout leads to or into, and what of the pointer lies beyond it. */
function partAtPath({ pages }: FormDraft, path: string): { readonly part: string; readonly rest: string } {
  const steps = path.split('/').slice(1);
  const number = (at: number): number => Number(steps[at]);
  const rest = (from: number): string =>
    steps
      .slice(from)
      .map((step) => `/${step}`)
      .join('');
  const page = pages[number(1)];
  const section = steps[2] === 'sections' ? page?.sections[number(3)] : undefined;
  const item = steps[4] === 'columns' ? section?.columns[number(5)]?.items[number(7)] : undefined;
  if (item) return { part: item.id, rest: rest(8) };
  if (section) return { part: section.id, rest: rest(4) };
  return { part: page?.id ?? '', rest: rest(2) };
}

/** The rules of a part by the name of the setting; those of options by the keys of these. */
export function rulesOf(part: FormPage | FormSection | FormItem): readonly (readonly [name: string, rule: Rule])[] {
  const { visibleWhen, requiredWhen, readOnlyWhen, default: initial, compute, optionsWhen } = part as FieldItem;
  const named: readonly (readonly [string, Rule | undefined])[] = [
    ['visibleWhen', visibleWhen],
    ['requiredWhen', requiredWhen],
    ['readOnlyWhen', readOnlyWhen],
    ['default', initial],
    ['compute', compute],
    ...Object.entries(optionsWhen ?? {}),
  ];
  return named.flatMap(([name, rule]) => (rule === undefined ? [] : [[name, rule] as const]));
}

/** The keys of the fields that a rule reads and that do not stand on the form: of those it reads what is stored. */
export function readElsewhere(rule: Rule, draft: FormDraft, catalogue: FormCatalogue): readonly string[] {
  const placed = placedFields(draft);
  return [...fieldsRead(rule, catalogue)].filter((key) => !placed.has(key) && !isSystemField(key));
}

function fieldsRead(rule: Rule, catalogue: FormCatalogue): ReadonlySet<string> {
  for (const check of [checkRule, checkFormula]) {
    const outcome = check(rule, catalogue);
    if (outcome.ok) return fieldsOf(outcome.value);
  }
  return new Set();
}

/** What does not keep a form from being published, but may surprise. */
export type FormNote =
  | { readonly kind: 'elsewhere'; readonly part: string; readonly fields: readonly string[] }
  | ({ readonly kind: 'offersNothing'; readonly part: string } & OffersNothing)
  | { readonly kind: 'requiredMissing'; readonly field: string }
  | { readonly kind: 'empty' };

/** What should be known of a form before it is published. */
export function formNotes(draft: FormDraft, catalogue: FormCatalogue): readonly FormNote[] {
  const placed = placedFields(draft);
  if (placed.size === 0) return [{ kind: 'empty' }];
  const missing = [...catalogue.fields.values()]
    .filter(({ key, required, computed }) => required && !computed && !isSystemField(key) && !placed.has(key))
    .map(({ key }): FormNote => ({ kind: 'requiredMissing', field: key }));
  const elsewhere = partsOfDraft(draft).flatMap((each): FormNote[] => {
    const part = each.kind === 'item' ? each.part.item : each.part;
    const fields = new Set(rulesOf(part).flatMap(([, rule]) => readElsewhere(rule, draft, catalogue)));
    return fields.size === 0 ? [] : [{ kind: 'elsewhere', part: each.id, fields: [...fields] }];
  });
  const withoutOptions = itemsOf(draft).flatMap(({ id, item }): FormNote[] => {
    const found = isFieldItem(item) ? offersNothing(item, catalogue.fields) : undefined;
    return found ? [{ kind: 'offersNothing', part: id, ...found }] : [];
  });
  return [...missing, ...elsewhere, ...withoutOptions];
}

/** How many fields stand on a form. */
export function fieldCount(layout: FormLayout): number {
  return fieldItemsOf(layout).length;
}

/** Whether an item is a field that any rule but of its sight bears on. */
export function hasOtherRules(item: FormItem): boolean {
  return isFieldItem(item) && rulesOf(item).some(([name]) => name !== 'visibleWhen' && name !== 'compute');
}
