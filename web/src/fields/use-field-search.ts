import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { CatalogueField } from './catalogue.ts';

/** A name in every way that it may be typed: small, without spaces. */
type Spellings = (name: string) => readonly string[];

/** What a field is called. */
export type Named = Pick<CatalogueField, 'key' | 'label' | 'labels'>;

/** Whether a field is meant by a keyword: by its key, or by its label in any language. */
function fieldMatches(field: Named, keyword: string, spellingsOf: Spellings): boolean {
  const asked = withoutSpaces(keyword);
  const names = [field.label, ...Object.values(field.labels)];
  return field.key.includes(asked) || names.some((name) => spellingsOf(name).some((each) => each.includes(asked)));
}

/** The fields that a keyword means; all for none. Pinyin is loaded with the first keyword, and until it is there letters count alone. */
export function useFieldSearch<Field extends Named>(
  fields: () => readonly Field[],
  keyword: Readonly<Ref<string>>,
): ComputedRef<readonly Field[]> {
  const spellings = shallowRef<Spellings>((name) => [withoutSpaces(name)]);
  const loaded = watch(keyword, async () => {
    loaded();
    const { spellingsOf } = await import('../field-kit/spellings.ts');
    spellings.value = spellingsOf;
  });
  return computed(() => {
    if (keyword.value.trim() === '') return fields();
    return fields().filter((field) => fieldMatches(field, keyword.value, spellings.value));
  });
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '').toLowerCase();
}
