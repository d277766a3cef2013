import { fieldTypes, labelOf, type FieldDefinition, type Locale } from '@kequn/rules';
import type { Messages } from '../i18n/zh-CN.ts';

/** A column that a list of customers can show. */
export interface CustomerColumn {
  readonly key: string;
  readonly label: string;
  /** By locale, as far as there are others. */
  readonly labels: Readonly<Record<string, string>>;
  readonly numeric: boolean;
  readonly sortable: boolean;
  /** What every customer has, whatever the fields. */
  readonly system: boolean;
  /** In pixels. */
  readonly usualWidth: number;
}

/** The columns that a list of customers can show: the one that names them first, the fields, and what every customer has. */
export function customerColumns(
  fields: readonly (FieldDefinition & { readonly readable: boolean })[],
  locale: Locale,
  messages: Messages,
): readonly CustomerColumn[] {
  const { owner, createdAt, updatedAt, name } = messages.customers;
  const ofField = (field: (typeof fields)[number]): CustomerColumn => ({
    key: field.key,
    label: labelOf(field, locale),
    labels: field.labels,
    numeric: fieldTypes[field.type].valueType === 'NUMBER',
    sortable: field.readable,
    system: false,
    usualWidth: usualWidthOf(field),
  });
  const ofSystem = (key: string, label: string, sortable = true): CustomerColumn => ({
    key,
    label,
    labels: {},
    numeric: false,
    sortable,
    system: true,
    usualWidth: 170,
  });
  const named = fields.find(({ type }) => type === 'TEXT');
  // Where no field names a customer, a column of its own leads to her.
  const first = named ? { ...ofField(named), usualWidth: 170 } : ofSystem('id', name, false);
  return [
    first,
    ...fields.filter((field) => field !== named).map(ofField),
    ofSystem('owner', owner),
    ofSystem('created_at', createdAt),
    ofSystem('updated_at', updatedAt),
  ];
}

/** How wide a column of a field usually is. */
function usualWidthOf({ type }: Pick<FieldDefinition, 'type'>): number {
  if (type === 'LONG_TEXT' || type === 'URL' || type === 'EMAIL' || type === 'REGION') return 220;
  if (type === 'PHONE') return 170;
  return type === 'BOOLEAN' || type === 'RATING' || type === 'PERCENT' ? 110 : 150;
}
