import fc from 'fast-check';
import {
  checkForm,
  checkFormula,
  checkRule,
  fieldItemsOf,
  fieldTypes,
  hiddenValuePolicies,
  type FieldDefinition,
  type FieldItem,
  type FormCatalogue,
  type FormItem,
  type FormLayout,
  type FormPage,
  type FormSection,
  type HiddenValues,
  type Json,
  type Node,
  type Row,
  type Rule,
} from '../src/index.ts';
import { arbitraryRow } from './arbitrary-customers.ts';
import { arbitraryRule } from './arbitrary-rules.ts';
import { suiteCatalogue, suiteFields } from './catalogue.ts';

/** A field that a formula computes of others, by way of which rules depend on what is entered. */
const total: FieldDefinition = { ...suiteFields.find(({ key }) => key === 'charges')!, key: 'total', computed: true };

function formCatalogue(): FormCatalogue {
  const { events: _, segments: __, viewer: ___, ...rules } = suiteCatalogue;
  const catalogue = { ...rules, fields: new Map([...rules.fields, [total.key, total]]) };
  const formula = checkFormula({ '*': [{ var: 'charges' }, { var: 'tenure' }] }, catalogue);
  if (!formula.ok) throw new Error(JSON.stringify(formula.problems));
  return { ...catalogue, formulas: new Map<string, Node>([[total.key, formula.value]]) };
}

/** What random forms may name: the fields of suites, and a computed one. */
export const suiteFormCatalogue: FormCatalogue = formCatalogue();

/** A random rule that a form may have, now and then over what is computed. */
const rule: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 6, arbitrary: arbitraryRule.filter((each) => checkRule(each, suiteFormCatalogue).ok) },
  fc.constantFrom<Rule>({ '>': [{ var: 'total' }, 70] }, { '==': [{ var: 'total' }, null] }),
);
const rarely = (arbitrary: fc.Arbitrary<Rule>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

/** Entries of a field: right ones, such as cannot be, and empty ones. */
function entryOf({ key, options }: FieldDefinition): fc.Arbitrary<Json> {
  const right = arbitraryRow.map((row) => (row[key] ?? null) as Json);
  const keys = options.map((option) => option.key);
  return fc.oneof(
    { weight: 6, arbitrary: right },
    fc.constantFrom<Json>('', 'x', 7, true, 'gone', ['gone'], [], ...keys, keys.slice(0, 1)),
  );
}

const valueRule = (field: FieldDefinition): fc.Arbitrary<Rule> => {
  const type = fieldTypes[field.type].valueType;
  const alike = suiteFields.filter((other) => fieldTypes[other.type].valueType === type);
  return fc.constantFrom(...alike.map(({ key }): Rule => ({ var: key })));
};

function itemOf(field: FieldDefinition): fc.Arbitrary<FormItem> {
  if (field.computed) return rarely(rule).map((visibleWhen) => compact({ field: field.key, visibleWhen }));
  const rules = { visibleWhen: rarely(rule), requiredWhen: rarely(rule), readOnlyWhen: rarely(rule) };
  const values = {
    default: rarely(valueRule(field)),
    compute: fc.option(valueRule(field), { nil: undefined, freq: 8 }),
  };
  const optionsWhen = fc.option(fc.dictionary(fc.constantFrom(...field.options.map(({ key }) => key), 'gone'), rule), {
    nil: undefined,
  });
  return fc
    .record({ ...rules, ...values, ...(field.options.length > 0 && { optionsWhen }), required: fc.boolean() })
    .map((parts) => compact({ field: field.key, ...parts }));
}

/** Without what is undefined, as JSON has it. */
function compact(item: object): FieldItem {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as unknown as FieldItem;
}

const words = fc.constantFrom<FormItem>(
  { text: 'Hello' },
  { divider: true },
  { picture: '0f8fad5b-d9cb-469f-a165-70867728950e', alt: 'A cup' },
);
const placed = fc.shuffledSubarray([...suiteFields, total], { minLength: 2, maxLength: 8 });

/** Random layouts of one to three pages that can be published: a rule that would go round is left out. */
export const arbitraryLayout: fc.Arbitrary<FormLayout> = placed
  .chain((fields) =>
    fc.record({
      items: fc.tuple(...fields.map(itemOf)),
      between: fc.array(words, { maxLength: 2 }),
      cuts: fc.array(fc.nat({ max: 8 }), { maxLength: 3 }),
      pages: fc.array(rarely(rule), { minLength: 1, maxLength: 3 }),
    }),
  )
  .map(({ items, between, cuts, pages }) => withoutCycles(laidOut([...items, ...between], cuts, pages)));

function laidOut(
  items: readonly FormItem[],
  cuts: readonly number[],
  rules: readonly (Rule | undefined)[],
): FormLayout {
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), items.length];
  const columns = bounds.slice(1).map((end, index) => ({ items: items.slice(bounds[index], end) }));
  const pages = rules.map((visibleWhen, index): FormPage => {
    const sections: FormSection[] = columns
      .filter((_, at) => at % rules.length === index)
      .map((column) => ({ columns: [column] }));
    return { ...(visibleWhen !== undefined && { visibleWhen }), sections };
  });
  return { pages };
}

/** Takes the rules off an item that depends on itself, one after the other; off everything, where that one has none itself. */
function withoutCycles(layout: FormLayout): FormLayout {
  const outcome = checkForm(layout, suiteFormCatalogue);
  if (outcome.ok) return layout;
  const paths = new Set(outcome.problems.map(({ path }) => path));
  const faulty = fieldItemsOf(layout).find(({ path }) => paths.has(path))?.part;
  if (!faulty) throw new Error(JSON.stringify(outcome.problems));
  const isInnocent = Object.keys(faulty).length === 1;
  return withoutCycles(withoutRules(layout, (item) => isInnocent || item === faulty, isInnocent));
}

function withoutRules(layout: FormLayout, isFaulty: (item: FormItem) => boolean, ofPages: boolean): FormLayout {
  const bare = (item: FormItem): FormItem => ('field' in item && isFaulty(item) ? { field: item.field } : item);
  return {
    pages: layout.pages.map(({ sections, ...page }) => ({
      ...(ofPages ? {} : page),
      sections: sections.map(({ columns }) => ({ columns: columns.map(({ items }) => ({ items: items.map(bare) })) })),
    })),
  };
}

/** A form, what is stored of the customer if there is one, and what somebody enters. */
export interface FormCase {
  readonly layout: FormLayout;
  readonly hiddenValues: HiddenValues;
  readonly stored: Row | null;
  readonly entered: Readonly<Record<string, Json>>;
}

/** Random forms with entries into some of their fields, right and wrong. */
export const arbitraryFormCase: fc.Arbitrary<FormCase> = arbitraryLayout.chain((layout) => {
  const keys = new Set(fieldItemsOf(layout).map(({ part }) => part.field));
  const fields = suiteFields.filter(({ key }) => keys.has(key));
  const entries = Object.fromEntries(fields.map((field) => [field.key, entryOf(field)]));
  return fc.record({
    layout: fc.constant(layout),
    hiddenValues: fc.constantFrom(...hiddenValuePolicies),
    stored: fc.option(arbitraryRow.map(storedOf)),
    entered: fc.record(entries, { requiredKeys: [] }) as fc.Arbitrary<Readonly<Record<string, Json>>>,
  });
});

/** A customer as it is stored: what people entered, and what is computed of it. */
function storedOf(row: Row): Row {
  const values = Object.fromEntries(suiteFields.map(({ key }) => [key, row[key] ?? null]));
  const [charges, tenure] = [values['charges'], values['tenure']];
  const product = typeof charges === 'number' && typeof tenure === 'number' ? charges * tenure : null;
  return { ...values, total: product };
}
