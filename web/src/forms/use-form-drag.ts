import { shallowRef, type ShallowRef } from 'vue';
import type { DraftType } from '../fields/field-draft.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { followPointer, type PointerPlace } from '../rule-editor/follow-pointer.ts';
import { announce } from '../ui/announcer.ts';
import { partElementId } from './designing.ts';
import type { FormDraft } from './form-draft.ts';
import { formLandingAt, type FormLanding } from './form-landing.ts';
import { insertPieces, moveTo, piecesOf, type Pieces, type Spot } from './form-moves.ts';

/** What is dragged: parts of the form, or something new. */
export interface Dragged {
  readonly pieces: Pieces;
  readonly ids: ReadonlySet<string>;
  readonly name: string;
  readonly isNew: boolean;
  /** Of a field that is yet to be made: what it is made as. */
  readonly makes?: DraftType | undefined;
}

/**
 * Dragging the parts of a form. What moves with the pointer changes at each frame, the others seldom: of a canvas of hundreds of fields
 * nothing is drawn anew but what shows the landing.
 */
export interface FormDrag {
  readonly dragged: Readonly<ShallowRef<Dragged | undefined>>;
  readonly place: Readonly<ShallowRef<PointerPlace | undefined>>;
  /** Where it would land; undefined where nothing would change. */
  readonly landing: Readonly<ShallowRef<FormLanding | undefined>>;
  start(press: PointerEvent, dragged: Dragged): void;
}

/** The id of the element that the canvas scrolls in. */
export const canvasId = 'form-canvas';
/** The id of the element that a column is. */
export function columnElementId(id: string): string {
  return `form-column-${id}`;
}

/** Drags parts over the canvas; `dropped` puts them where they landed, and gives their place in words. */
export function useFormDrag(draft: () => FormDraft, dropped: (dragged: Dragged, spot: Spot) => void): FormDrag {
  const t = useMessages();
  const dragged = shallowRef<Dragged>();
  const place = shallowRef<PointerPlace>();
  const landing = shallowRef<FormLanding>();

  function moveOver(what: Dragged, at: PointerPlace): void {
    dragged.value ??= what;
    place.value = at;
    const canvas = document.getElementById(canvasId)?.getBoundingClientRect();
    // What is dropped beside the canvas is put back.
    const isOver = canvas && at.x >= canvas.left && at.x <= canvas.right && at.y >= canvas.top && at.y <= canvas.bottom;
    const over = isOver ? formLandingAt(at, { draft: draft(), kind: what.pieces.kind, boxOf }) : undefined;
    landing.value = over && changes(draft(), what, over.spot) ? over : undefined;
  }

  function end(): void {
    dragged.value = place.value = landing.value = undefined;
    swallowClick();
  }

  function putBack(): void {
    end();
    announce(t.value.order.putBack);
  }

  return {
    dragged,
    place,
    landing,
    start(press, what) {
      if (press.button !== 0 || !(press.currentTarget instanceof HTMLElement)) return;
      const listener = {
        moved: (at: PointerPlace) => moveOver(what, at),
        dropped() {
          const to = landing.value;
          if (!to) return putBack();
          end();
          // The focus would be followed through every part that moves; it goes to what was dropped.
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          dropped(what, to.spot);
        },
        putBack,
      };
      const inCanvas = document.getElementById(canvasId)?.firstElementChild;
      followPointer(press, press.currentTarget, listener, inCanvas instanceof HTMLElement ? inCanvas : undefined);
    },
  };
}

/** Letting go is a click, too, on what was dragged: it is not meant. What is pressed next is. */
function swallowClick(): void {
  const listening = new AbortController();
  const { signal } = listening;
  const swallow = (event: Event): void => {
    event.stopPropagation();
    listening.abort();
  };
  window.addEventListener('click', swallow, { capture: true, signal });
  for (const pressed of ['pointerdown', 'keydown'])
    window.addEventListener(pressed, () => listening.abort(), { capture: true, signal });
}

function boxOf(id: string): DOMRect | undefined {
  const element =
    id === 'canvas'
      ? document.getElementById(canvasId)?.firstElementChild
      : (document.getElementById(partElementId(id)) ?? document.getElementById(columnElementId(id)));
  return element?.getBoundingClientRect();
}

function changes(draft: FormDraft, { pieces, ids, isNew }: Dragged, spot: Spot): boolean {
  return (isNew ? insertPieces(draft, pieces, spot) : moveTo(draft, ids, spot)) !== draft;
}

/** The parts of a form that go together when one of them is moved: what is selected, if it is, otherwise itself. */
export function withSelected(draft: FormDraft, id: string, selected: ReadonlySet<string>): ReadonlySet<string> {
  const ids = selected.has(id) ? selected : new Set([id]);
  const pieces = piecesOf(draft, ids);
  const moving = new Set(pieces?.parts.map((part) => part.id));
  return moving.has(id) ? moving : new Set([id]);
}
