import type { FieldDefinition, FieldOption } from './field-definition.ts';

/** What stands between options in one text. */
const separator = /\s*[、,，;；\n]\s*/;

/** The option that text names: by its name, by its name in a language, or by its key; undefined where it names none, or several. */
export function optionNamed(text: string, { options }: Pick<FieldDefinition, 'options'>): FieldOption | undefined {
  const written = text.trim();
  const byName = options.filter(({ label }) => label === written);
  const byOther = options.filter(({ labels }) => Object.values(labels).includes(written));
  const byKey = options.filter(({ key }) => key === written);
  for (const found of [byName, byOther, byKey]) if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  return undefined;
}

/** The keys of the options that text names one after another; undefined where it says something else too. */
export function optionsNamed(text: string, field: Pick<FieldDefinition, 'options'>): readonly string[] | undefined {
  const parts = text.trim().split(separator);
  const found = parts.flatMap((part) => optionNamed(part, field) ?? []);
  return found.length === parts.length ? found.map(({ key }) => key) : undefined;
}

/** The text that names an option: its name, or its key where another one is called the same; undefined where neither names it alone. */
export function nameOf(key: string, field: Pick<FieldDefinition, 'options'>): string | undefined {
  const label = field.options.find((option) => option.key === key)?.label;
  return [label, key].find((text) => text !== undefined && optionNamed(text, field)?.key === key);
}
