import { labelOf, type FieldDefinition, type Locale } from '@kequn/rules';

/** A field whose names are those of one language, whatever the app speaks: a form can be looked at in each. */
export function spokenIn<Field extends FieldDefinition>(field: Field, language: Locale): Field {
  const options = field.options.map((option) => ({ ...option, label: labelOf(option, language), labels: {} }));
  return { ...field, label: labelOf(field, language), labels: {}, options };
}

/** A field with those of its options that are offered; one that is chosen stays. */
export function withOptions<Field extends FieldDefinition>(
  field: Field,
  isOffered: (option: string) => boolean,
  chosen: readonly unknown[],
): Field {
  const options = field.options.filter(({ key }) => isOffered(key) || chosen.includes(key));
  return options.length === field.options.length ? field : { ...field, options };
}

/** What is said of a field of the catalogue below its entry; empty where nothing is. */
export function helpOf(field: FieldDefinition): string {
  return 'help' in field && typeof field.help === 'string' ? field.help : '';
}
