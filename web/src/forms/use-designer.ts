import type { FormCatalogue, Locale } from '@kequn/rules';
import { computed, nextTick, shallowRef, type ShallowRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { newId } from '../ui/new-id.ts';
import { behindOwnWords } from './behind-own-words.ts';
import { focusPart, partAt, type Designing, type TakeStep } from './designing.ts';
import { newPieces, pasteParts, type FieldOfType, type NewPart } from './form-clipboard.ts';
import { insertPieces, moveTo, piecesOf, type Pieces, type Spot } from './form-moves.ts';
import type { PartProblem } from './form-problems.ts';
import { partOf } from './form-tree.ts';
import { useFormDrag, withSelected, type Dragged, type FormDrag } from './use-form-drag.ts';
import { useFormPickUp, type FormPickUp } from './use-form-pick-up.ts';
import type { SheetEdit } from './use-form-sheet.ts';
import { useNewField, type FieldToMake, type NewFields } from './use-new-field.ts';
import { usePartActs } from './use-part-acts.ts';
import { usePartClipboard } from './use-part-clipboard.ts';
import { usePartSelection, type PartSelection } from './use-part-selection.ts';
import { usePartWords, type PartWords } from './use-part-words.ts';

/** All that a form designer does. */
export interface Designer {
  readonly designing: Designing;
  readonly selection: PartSelection;
  readonly pickUp: FormPickUp;
  readonly drag: FormDrag;
  /** The parts of which it is asked where they are to go. */
  readonly asked: ShallowRef<ReadonlySet<string> | undefined>;
  readonly newFields: NewFields;
  step(direction: 'undo' | 'redo'): void;
  moveTo(ids: ReadonlySet<string>, spot: Spot): void;
  /** Goes to what can be set of what is selected. */
  openSettings(): void;
}

/** What a designer is told by the page that it stands on. */
export interface DesignerContext {
  catalogue(): FormCatalogue;
  /** The language that the canvas shows. */
  language(): Locale;
  problems(): readonly PartProblem[];
  /** Goes to what can be set of what is selected. */
  openSettings(): void;
}

/** Binds a form under edit to a designer. */
export function useDesigner(edit: SheetEdit, context: DesignerContext): Designer {
  const words = usePartWords(context.catalogue);
  const selection = usePartSelection(() => edit.draft.value);
  const asked = shallowRef<ReadonlySet<string>>();
  const selected = (): ReadonlySet<string> => selection.selected.value;

  const act = useTakeStep(edit, selection);
  const placing = usePlacing(edit, { act, words });
  const pickUp = useFormPickUp(edit, words, selected);
  const newFields = useNewField(context.catalogue, placing.placeNew);
  const drag = useFormDrag(
    () => edit.draft.value,
    (dragged, spot) =>
      dragged.makes === undefined ? placing.drop(dragged, spot) : newFields.ask({ type: dragged.makes, spot }),
  );
  const perform = usePartActs({ edit, act, words, selected, askWhere: (ids) => (asked.value = ids) });
  const designing = designingOf({ edit, context, words, selection, act, placing, newFields, pickUp, drag, perform });
  usePartClipboard(() => edit.draft.value, designing);

  const { openSettings } = context;
  const step = useSteps(edit, selection);
  return { designing, selection, pickUp, drag, asked, newFields, step, moveTo: placing.move, openSettings };
}

/** Takes steps of a form, tells them, and selects where the work goes on. */
function useTakeStep(edit: SheetEdit, selection: PartSelection): TakeStep {
  const t = useMessages();
  return (change, { say, select, otherwise }) => {
    const before = edit.draft.value;
    edit.apply(change);
    if (edit.draft.value === before) return announce(otherwise ?? t.value.forms.acts.tooMany);
    announce(say());
    if (!select) return;
    selection.selectAll(select);
    if (select[0] !== undefined) focusPart(select[0]);
  };
}

/** Steps back and forth. */
function useSteps(edit: SheetEdit, selection: PartSelection): Designer['step'] {
  const t = useMessages();
  return (direction) => {
    const at = partAt(document.activeElement);
    edit[direction]();
    announce(direction === 'undo' ? t.value.forms.undone : t.value.forms.redone);
    void nextTick(() => keepFocus(edit, at, selection));
  };
}

/** The keys go on working when the part that had the focus is gone, or drawn elsewhere. */
function keepFocus({ draft }: SheetEdit, before: string | undefined, { current }: PartSelection): void {
  if (before === undefined || partAt(document.activeElement) !== undefined) return;
  const next = partOf(draft.value, before) ? before : current.value;
  if (next !== undefined) focusPart(next);
}

/** Putting parts where they are to stand. */
interface Placing {
  /** What something new is called. */
  nameOf(part: NewPart | FieldOfType): string;
  /** Puts something new behind a part; at the end where none is given. */
  add(part: NewPart, at: string | undefined): void;
  move(ids: ReadonlySet<string>, spot: Spot): void;
  drop(dragged: Dragged, spot: Spot): void;
  /** Puts a field that was just made where it was asked for; at the end where that place is gone. */
  placeNew(key: string, to: FieldToMake): void;
}

function usePlacing(edit: SheetEdit, { act, words }: { act: TakeStep; words: PartWords }): Placing {
  const t = useMessages();
  const placeOf = (ids: readonly string[]): string => words.place(edit.draft.value, ids[0] ?? '');

  function put(change: Parameters<TakeStep>[0], ids: readonly string[], newName?: string): void {
    const { added, dropped } = t.value.forms.acts;
    act(change, {
      say: () => (newName === undefined ? dropped(placeOf(ids)) : added(newName, placeOf(ids))),
      select: ids,
    });
  }

  function nameOf(part: NewPart | FieldOfType): string {
    if (part.kind === 'newField') return t.value.forms.palette.newField;
    if (part.kind !== 'field') return t.value.forms.palette[part.kind];
    return words.nameOfItem({ id: '', item: { field: part.key } });
  }

  function addPieces(pieces: Pieces, at: string | undefined, name: string): void {
    const { draft, ids } = pasteParts(edit.draft.value, pieces, at, newId);
    put(() => draft, ids, name);
  }

  function insert({ pieces, name }: Pick<Dragged, 'pieces' | 'name'>, spot: Spot): void {
    const made = pieces.parts.map(({ id }) => id);
    put((draft) => insertPieces(draft, pieces, spot), made, name);
  }

  const move: Placing['move'] = (ids, spot) => put((draft) => moveTo(draft, ids, spot), [...ids]);
  return {
    nameOf,
    move,
    add: (part, at) => addPieces(newPieces(part, newId), at, nameOf(part)),
    drop: (dragged, spot) => (dragged.isNew ? insert(dragged, spot) : move(dragged.ids, spot)),
    placeNew(key, { spot, behind, settings }) {
      const name = nameOf({ kind: 'field', key });
      const pieces: Pieces = { kind: 'item', parts: [{ id: newId(), item: { field: key, ...settings } }] };
      const isThere = spot !== undefined && insertPieces(edit.draft.value, pieces, spot) !== edit.draft.value;
      if (isThere) insert({ pieces, name }, spot);
      else addPieces(pieces, behind, name);
    },
  };
}

/** What the parts of the designer ask of it, from what it is made of. */
function designingOf(parts: {
  readonly edit: SheetEdit;
  readonly context: DesignerContext;
  readonly words: PartWords;
  readonly selection: PartSelection;
  readonly act: TakeStep;
  readonly placing: Placing;
  readonly newFields: NewFields;
  readonly pickUp: FormPickUp;
  readonly drag: FormDrag;
  readonly perform: Designing['perform'];
}): Designing {
  const { edit, context, words, selection, act, placing, newFields, pickUp, drag, perform } = parts;
  const { selected, current, select } = selection;
  const problems = computed(() => byPart(context.problems()));
  return {
    get catalogue() {
      return context.catalogue();
    },
    get shown() {
      return pickUp.shown.value;
    },
    get language() {
      return context.language();
    },
    get selected() {
      return selected.value;
    },
    words,
    isSelected: (id) => selected.value.has(id),
    isCurrent: (id) => current.value === id,
    isMoving: (id) => (pickUp.held.value ?? drag.dragged.value?.ids)?.has(id) ?? false,
    select,
    problemsOf: (id) => problems.value.get(id) ?? [],
    act,
    type: edit.apply,
    perform,
    add(part, given = [...selected.value].at(-1)) {
      const at = behindOwnWords(edit.draft.value, given, context.catalogue().fields);
      if (part.kind === 'newField') newFields.ask({ type: part.type, behind: at });
      else placing.add(part, at);
    },
    ask: newFields.ask,
    pickUp: pickUp.pickUp,
    drag(press, id) {
      const draft = edit.draft.value;
      const ids = withSelected(draft, id, selected.value);
      const pieces = piecesOf(draft, ids);
      if (pieces) drag.start(press, { pieces, ids, name: words.nameOfAll(draft, ids), isNew: false });
    },
    dragNew(press, part) {
      const makes = part.kind === 'newField' ? part.type : undefined;
      // Until it is made it is dragged as a field without a key.
      const pieces = newPieces(part.kind === 'newField' ? { kind: 'field', key: '' } : part, newId);
      drag.start(press, { pieces, ids: new Set(), name: placing.nameOf(part), isNew: true, makes });
    },
  };
}

function byPart(problems: readonly PartProblem[]): ReadonlyMap<string, readonly PartProblem[]> {
  const found = new Map<string, PartProblem[]>();
  for (const problem of problems) found.set(problem.part, [...(found.get(problem.part) ?? []), problem]);
  return found;
}
