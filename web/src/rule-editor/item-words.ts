import { labelOf } from '@kequn/rules';
import { useCatalogue } from '../fields/catalogue.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Group, Item, Line, Subject } from './draft.ts';
import { numberOf, placeOf } from './draft-tree.ts';
import { writeLine } from './to-rule.ts';
import { tell, type RuleDraft } from './use-rule-draft.ts';

/** How the items of a rule under edit are spoken of. */
export interface ItemWords {
  /** What an item says. */
  tell(item: Item): string;
  /** An item by its number and what it says. */
  name(root: Group, item: Item): string;
  /** Where an item stands: its place and its group. */
  place(root: Group, id: string): string;
}

/** Speaks of the items of a draft in the reader's language. */
export function useItemWords(draft: RuleDraft): ItemWords {
  const t = useMessages();
  const format = useFormat();
  const catalogue = useCatalogue();

  function nameOf(subject: Subject): string | undefined {
    if (subject.kind === 'membership') return t.value.rule.membership;
    const { fields, events } = draft.catalogue();
    const named = subject.kind === 'behaviour' ? events?.get(subject.eventType) : fields.get(subject.key);
    return named && labelOf(named, catalogue.reader.locale);
  }

  function tellLine(line: Line): string {
    if (draft.states.value.get(line.id)?.kind === 'ready')
      return tell(writeLine(line), draft.catalogue(), catalogue.reader);
    const about = line.subject && nameOf(line.subject);
    return [about, t.value.rule.unfinished].filter(Boolean).join(' ');
  }

  function tellItem(item: Item): string {
    if (item.kind === 'group') return t.value.rule.matches[item.match];
    return item.kind === 'line' ? tellLine(item) : tell(item.rule, draft.catalogue(), catalogue.reader);
  }

  return {
    tell: tellItem,
    name(root, item) {
      const place = placeOf(root, item.id);
      const number = place ? numberOf(place.groupNumber, place.index) : '';
      const { group, condition } = t.value.rule;
      return `${item.kind === 'group' ? group(number) : condition(number)} ${tellItem(item)}`;
    },
    place(root, id) {
      const place = placeOf(root, id);
      if (!place) return '';
      const { index, group, groupNumber } = place;
      const { inGroup, inOutermost, matches } = t.value.rule;
      const around = groupNumber ? inGroup(groupNumber, matches[group.match]) : inOutermost(matches[group.match]);
      return t.value.rule.place(format.value.number(index + 1), format.value.number(group.items.length), around);
    },
  };
}
