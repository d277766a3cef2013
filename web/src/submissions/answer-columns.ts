import { fieldItemsOf, fieldTypes, labelOf, type FormLayout, type Json, type Locale } from '@kequn/rules';
import type { SubmissionsQuery } from '../api/generated/graphql.ts';
import type { CatalogueField } from '../fields/catalogue.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import type { GridColumn } from '../ui/grid-column.ts';

/** An answer as a list shows it. */
export type Answer = SubmissionsQuery['submissions']['nodes'][number];

/** The fields whose answers are shown: those of the present form in its order, then those that earlier versions asked for. */
export function askedFields(
  layout: FormLayout,
  answers: readonly Pick<Answer, 'values'>[],
  byKey: ReadonlyMap<string, CatalogueField>,
): readonly CatalogueField[] {
  const placed = fieldItemsOf(layout).map(({ part }) => part.field);
  const keys = new Set([...placed, ...answers.flatMap(({ values }) => Object.keys(values as object))]);
  return [...keys].flatMap((key) => byKey.get(key) ?? []).filter(({ archived }) => !archived);
}

/** The columns of a list of answers: when, whose, by whom, by which version, and what was answered. */
export function answerColumns(
  fields: readonly CatalogueField[],
  locale: Locale,
  { submissions }: Messages,
): readonly GridColumn[] {
  const plain = (key: string, label: string, width: number): GridColumn => ({
    key,
    label,
    width,
    pinned: key === 'at',
    sortable: false,
    numeric: false,
  });
  return [
    plain('at', submissions.at, 190),
    plain('customer', submissions.customer, 150),
    plain('by', submissions.by, 120),
    plain('version', submissions.version, 80),
    ...fields.map((field) => ({
      ...plain(columnOf(field.key), labelOf(field, locale), field.type === 'LONG_TEXT' ? 220 : 150),
      numeric: fieldTypes[field.type].valueType === 'NUMBER',
    })),
  ];
}

const PREFIX = 'field:';

function columnOf(fieldKey: string): string {
  return PREFIX + fieldKey;
}

/** The key of the field that a column shows; undefined of any other. */
export function fieldKeyOf({ key }: { readonly key: string }): string | undefined {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

/** What was answered to a question; undefined where the reader may not know. */
export function valueOf({ values }: Pick<Answer, 'values'>, fieldKey: string): Json | undefined {
  return (values as Readonly<Record<string, Json>>)[fieldKey];
}
