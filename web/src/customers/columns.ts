import { fieldTypes, labelOf, type FieldDefinition, type Locale } from '@kequn/rules';
import type { Messages } from '../i18n/zh-CN.ts';
import type { TableColumn } from '../ui/DataTable.vue';

/** The column that names the customer and leads to it: the first text field, or one of its own where there is none. */
function nameColumn(fields: readonly FieldDefinition[], locale: Locale, messages: Messages): TableColumn {
  const named = fields.find(({ type }) => type === 'TEXT');
  return named ? { key: named.key, label: labelOf(named, locale) } : { key: 'id', label: messages.customers.name };
}

/** The columns of a list of customers: the one that names them, the fields, and what every customer has. */
export function customerColumns(
  fields: readonly FieldDefinition[],
  locale: Locale,
  messages: Messages,
): readonly TableColumn[] {
  const first = nameColumn(fields, locale, messages);
  const others = fields.filter(({ key }) => key !== first.key);
  const { owner, createdAt, updatedAt } = messages.customers;
  return [
    first,
    ...others.map((field) => ({
      key: field.key,
      label: labelOf(field, locale),
      numeric: fieldTypes[field.type].valueType === 'NUMBER',
    })),
    { key: 'owner', label: owner },
    { key: 'created_at', label: createdAt },
    { key: 'updated_at', label: updatedAt },
  ];
}
