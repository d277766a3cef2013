import type { FormCatalogue, Locale } from '@kequn/rules';
import { computed, nextTick, shallowRef, type ShallowRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { newId } from '../ui/new-id.ts';
import { focusPart, partAt, type Designing, type TakeStep } from './designing.ts';
import { newPieces, pasteParts, type NewPart } from './form-clipboard.ts';
import type { PartProblem } from './form-problems.ts';
import { insertPieces, moveTo, piecesOf, type Spot } from './form-moves.ts';
import { partOf } from './form-tree.ts';
import { useFormDrag, withSelected, type Dragged, type FormDrag } from './use-form-drag.ts';
import { useFormPickUp, type FormPickUp } from './use-form-pick-up.ts';
import type { SheetEdit } from './use-form-sheet.ts';
import { usePartActs } from './use-part-acts.ts';
import { usePartClipboard } from './use-part-clipboard.ts';
import { usePartSelection, type PartSelection } from './use-part-selection.ts';
import { usePartWords } from './use-part-words.ts';

/** All that a form designer does. */
export interface Designer {
  readonly designing: Designing;
  readonly selection: PartSelection;
  readonly pickUp: FormPickUp;
  readonly drag: FormDrag;
  /** The parts of which it is asked where they are to go. */
  readonly asked: ShallowRef<ReadonlySet<string> | undefined>;
  step(direction: 'undo' | 'redo'): void;
  moveTo(ids: ReadonlySet<string>, spot: Spot): void;
}

/** Binds a form under edit to a designer. */
export function useDesigner(
  edit: SheetEdit,
  {
    catalogue,
    language,
    problems,
  }: {
    catalogue(): FormCatalogue;
    /** The language that the canvas shows. */
    language(): Locale;
    problems(): readonly PartProblem[];
  },
): Designer {
  const t = useMessages();
  const words = usePartWords(catalogue);
  const selection = usePartSelection(() => edit.draft.value);
  const problemsByPart = computed(() => byPart(problems()));
  const asked = shallowRef<ReadonlySet<string>>();
  const pickUp = useFormPickUp(edit, words, () => selection.selected.value);

  const act: TakeStep = (change, { say, select, otherwise }) => {
    const before = edit.draft.value;
    edit.apply(change);
    if (edit.draft.value === before) return announce(otherwise ?? t.value.forms.acts.tooMany);
    announce(say());
    if (!select) return;
    selection.selectAll(select);
    if (select[0] !== undefined) focusPart(select[0]);
  };

  function put(change: Parameters<TakeStep>[0], ids: readonly string[], say: () => string): void {
    act(change, { say, select: ids });
  }

  function dropped({ pieces, ids, isNew, name }: Dragged, spot: Spot): void {
    const landed = isNew ? pieces.parts.map(({ id }) => id) : [...ids];
    const first = landed[0] ?? '';
    put(
      (draft) => (isNew ? insertPieces(draft, pieces, spot) : moveTo(draft, ids, spot)),
      landed,
      () =>
        isNew
          ? t.value.forms.acts.added(name, words.place(edit.draft.value, first))
          : t.value.forms.acts.dropped(words.place(edit.draft.value, first)),
    );
  }

  const drag = useFormDrag(() => edit.draft.value, dropped);
  const nameOfNew = (part: NewPart): string => {
    const pieces = newPieces(part, newId);
    return pieces.kind === 'item' && part.kind === 'field'
      ? words.nameOfItem(pieces.parts[0]!)
      : t.value.forms.palette[part.kind as 'text'];
  };

  const perform = usePartActs({
    edit,
    act,
    words,
    selected: () => selection.selected.value,
    askWhere: (ids) => (asked.value = ids),
  });

  const designing: Designing = {
    get catalogue() {
      return catalogue();
    },
    get shown() {
      return pickUp.shown.value;
    },
    get language() {
      return language();
    },
    get selected() {
      return selection.selected.value;
    },
    words,
    isSelected: (id) => selection.selected.value.has(id),
    isCurrent: (id) => selection.current.value === id,
    isMoving: (id) => (pickUp.held.value ?? drag.dragged.value?.ids)?.has(id) ?? false,
    select: selection.select,
    problemsOf: (id) => problemsByPart.value.get(id) ?? [],
    act,
    type: edit.apply,
    perform,
    add(part, at = [...selection.selected.value].at(-1)) {
      const name = nameOfNew(part);
      const { draft, ids } = pasteParts(edit.draft.value, newPieces(part, newId), at, newId);
      put(
        () => draft,
        ids,
        () => t.value.forms.acts.added(name, words.place(edit.draft.value, ids[0] ?? '')),
      );
    },
    pickUp: pickUp.pickUp,
    drag(press, id) {
      const draft = edit.draft.value;
      const ids = withSelected(draft, id, selection.selected.value);
      const pieces = piecesOf(draft, ids);
      if (pieces) drag.start(press, { pieces, ids, name: words.nameOfAll(draft, ids), isNew: false });
    },
    dragNew(press, part) {
      const pieces = newPieces(part, newId);
      drag.start(press, { pieces, ids: new Set(), name: nameOfNew(part), isNew: true });
    },
  };
  usePartClipboard(() => edit.draft.value, designing);

  return {
    designing,
    selection,
    pickUp,
    drag,
    asked,
    step(direction) {
      const at = partAt(document.activeElement);
      edit[direction]();
      announce(direction === 'undo' ? t.value.forms.undone : t.value.forms.redone);
      void nextTick(() => keepFocus(edit, at, selection));
    },
    moveTo(ids, spot) {
      const first = [...ids][0] ?? '';
      put(
        (draft) => moveTo(draft, ids, spot),
        [...ids],
        () => t.value.forms.acts.dropped(words.place(edit.draft.value, first)),
      );
    },
  };
}

function byPart(problems: readonly PartProblem[]): ReadonlyMap<string, readonly PartProblem[]> {
  const found = new Map<string, PartProblem[]>();
  for (const problem of problems) found.set(problem.part, [...(found.get(problem.part) ?? []), problem]);
  return found;
}

/** The keys go on working when the part that had the focus is gone, or drawn elsewhere. */
function keepFocus({ draft }: SheetEdit, before: string | undefined, { current }: PartSelection): void {
  if (before === undefined || partAt(document.activeElement) !== undefined) return;
  const next = partOf(draft.value, before) ? before : current.value;
  if (next !== undefined) focusPart(next);
}
