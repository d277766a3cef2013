import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { newId } from '../ui/new-id.ts';
import { itemsWithin } from './draft.ts';
import { parentOf } from './draft-tree.ts';
import { dissolve, duplicate, negate, removeItem, setDisabled, wrap } from './edits.ts';
import { focusItem, type ItemAct, type TakeStep } from './editing.ts';
import type { ItemWords } from './item-words.ts';
import { moveBy } from './moves.ts';
import type { RuleDraft } from './use-rule-draft.ts';

/** Does to an item what its menu and keys name, and tells it. */
export function useItemActs(
  draft: RuleDraft,
  { act, words }: { act: TakeStep; words: ItemWords },
): (act: ItemAct, id: string) => void {
  const t = useMessages();

  function move(id: string, direction: 'up' | 'down'): void {
    draft.apply((before) => moveBy(before, id, direction));
    announce(words.place(draft.draft.value.root, id));
    focusItem(id);
  }

  /** Where the focus goes when an item is gone: to the next one beside it, else to its group. */
  function neighbourOf(id: string): string {
    const { root } = draft.draft.value;
    const parent = parentOf(root, id) ?? root;
    const index = parent.items.findIndex((item) => item.id === id);
    return (parent.items[index + 1] ?? parent.items[index - 1] ?? parent).id;
  }

  function firstIn(id: string): string {
    const group = itemsWithin(draft.draft.value.root).find((item) => item.id === id);
    return (group?.kind === 'group' && group.items[0]?.id) || neighbourOf(id);
  }

  const acts: Readonly<Record<ItemAct, (id: string) => void>> = {
    up: (id) => move(id, 'up'),
    down: (id) => move(id, 'down'),
    duplicate: (id) => act((now) => duplicate(now, id, newId), { say: t.value.rule.announceDuplicated }),
    wrap: (id) => act((now) => wrap(now, id, newId()), { say: t.value.rule.announceWrapped, focus: id }),
    negate: (id) => act((now) => negate(now, id, newId()), { say: t.value.rule.announceNegated, focus: id }),
    disable: (id) => act((now) => setDisabled(now, id, true), { say: t.value.rule.disabledHint }),
    enable: (id) => act((now) => setDisabled(now, id, false), { say: t.value.rule.announceEnabled }),
    dissolve: (id) => act((now) => dissolve(now, id), { say: t.value.rule.announceDissolved, focus: firstIn(id) }),
    remove: (id) => act((now) => removeItem(now, id), { say: t.value.rule.announceRemoved, focus: neighbourOf(id) }),
  };
  return (name, id) => acts[name](id);
}
