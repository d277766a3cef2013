import { isFieldItem } from '@kequn/rules';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { newId } from '../ui/new-id.ts';
import { focusPart, type PartAct, type TakeStep } from './designing.ts';
import type { FormDraft } from './form-draft.ts';
import { duplicateParts, removeParts } from './form-edits.ts';
import { moveBy, type Direction } from './form-moves.ts';
import { outermost, partsOfDraft } from './form-tree.ts';
import type { PartWords } from './use-part-words.ts';
import type { SheetEdit } from './use-form-sheet.ts';

/** Does to parts of a form what their menus and keys name, and tells it. */
export function usePartActs({
  edit,
  act,
  words,
  selected,
  askWhere,
}: {
  readonly edit: SheetEdit;
  readonly act: TakeStep;
  readonly words: PartWords;
  selected(): ReadonlySet<string>;
  /** Asks where parts are to go. */
  askWhere(ids: ReadonlySet<string>): void;
}): (act: PartAct, id: string) => void {
  const t = useMessages();

  function move(ids: ReadonlySet<string>, id: string, direction: Direction): void {
    edit.apply((draft) => moveBy(draft, ids, direction));
    announce(words.place(edit.draft.value, id));
    focusPart(id);
  }

  function remove(ids: ReadonlySet<string>): void {
    const draft = edit.draft.value;
    const name = words.nameOfAll(draft, ids);
    act((now) => removeParts(now, ids), {
      say: () => t.value.forms.acts.removed(name),
      select: neighbour(draft, ids),
    });
  }

  function duplicate(ids: ReadonlySet<string>): void {
    const draft = edit.draft.value;
    const before = new Set(partsOfDraft(draft).map((part) => part.id));
    const name = words.nameOfAll(draft, ids);
    const { duplicated, fieldOnce, copiedWithoutFields } = t.value.forms.acts;
    const after = duplicateParts(draft, ids, newId);
    const made = partsOfDraft(after).filter((part) => !before.has(part.id));
    act(() => after, {
      say: () => (holdsFields(draft, ids) ? copiedWithoutFields : duplicated(name)),
      select: made.slice(0, 1).map((part) => part.id),
      otherwise: fieldOnce,
    });
  }

  return (name, id) => {
    const ids = selected().has(id) ? selected() : new Set([id]);
    if (name === 'remove') remove(ids);
    else if (name === 'duplicate') duplicate(ids);
    else if (name === 'moveTo') askWhere(ids);
    else move(ids, id, name);
  };
}

function holdsFields(draft: FormDraft, ids: ReadonlySet<string>): boolean {
  const within = new Set(outermost(draft, ids).flatMap((each) => [...idsWithin(draft, each.id)]));
  return partsOfDraft(draft).some((each) => each.kind === 'item' && within.has(each.id) && isFieldItem(each.part.item));
}

/** The ids of a part and of all that stands in it. */
function idsWithin(draft: FormDraft, id: string): ReadonlySet<string> {
  const before = new Set(partsOfDraft(draft).map((part) => part.id));
  for (const part of partsOfDraft(removeParts(draft, new Set([id])))) before.delete(part.id);
  return before.add(id);
}

/** Where the work goes on when parts are gone: at the next one that stays, else at the one before. */
function neighbour(draft: FormDraft, ids: ReadonlySet<string>): readonly string[] {
  const stays = new Set(partsOfDraft(removeParts(draft, ids)).map((part) => part.id));
  const all = partsOfDraft(draft).map((part) => part.id);
  const first = all.findIndex((id) => ids.has(id));
  const next = all.slice(first).find((id) => stays.has(id)) ?? all.slice(0, first).findLast((id) => stays.has(id));
  return next === undefined ? [] : [next];
}
