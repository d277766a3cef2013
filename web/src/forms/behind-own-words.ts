import { isFieldItem, ownWordsOf, type FormCatalogue } from '@kequn/rules';
import { toLayout, type FormDraft } from './form-draft.ts';
import { itemsOf } from './form-tree.ts';

/** The part that something new is put behind: where that is a choice, own words that are asked for below it stay there. */
export function behindOwnWords(
  draft: FormDraft,
  at: string | undefined,
  fields: FormCatalogue['fields'],
): string | undefined {
  const items = itemsOf(draft);
  const chosen = items.find(({ id }) => id === at)?.item;
  if (!chosen || !isFieldItem(chosen)) return at;
  const pair = ownWordsOf(toLayout(draft), fields).find(({ choice }) => choice === chosen.field);
  return items.find(({ item }) => isFieldItem(item) && item.field === pair?.words)?.id ?? at;
}
