import type { FormCatalogue, Locale } from '@kequn/rules';
import { inject, nextTick, provide, type InjectionKey } from 'vue';
import type { FieldOfType, NewPart } from './form-clipboard.ts';
import type { FormDraft } from './form-draft.ts';
import type { PartProblem } from './form-problems.ts';
import type { FieldToMake } from './use-new-field.ts';
import type { PartWords } from './use-part-words.ts';

/** What the parts of the designer ask of it. */
export interface Designing {
  readonly catalogue: FormCatalogue;
  /** The form as it is seen, with what is picked up where it would be dropped. */
  readonly shown: FormDraft;
  /** The language that the canvas shows and the settings edit. */
  readonly language: Locale;
  readonly words: PartWords;
  /** The ids of what is selected. */
  readonly selected: ReadonlySet<string>;
  isSelected(id: string): boolean;
  /** Whether the keys walk on from this part. */
  isCurrent(id: string): boolean;
  /** Whether a part is being moved, by keys or by dragging. */
  isMoving(id: string): boolean;
  select(id: string, how: SelectHow): void;
  problemsOf(id: string): readonly PartProblem[];
  /** Takes a step, tells it, and goes on at a part. */
  act: TakeStep;
  /** Takes a step of typing, which needs no telling; a run of them about one topic is one step. */
  type(edit: (draft: FormDraft) => FormDraft, topic: string): void;
  /** Does to what is selected what its menu and keys name; with a part that is not selected, to that one. */
  perform(act: PartAct, id: string): void;
  /** Puts something new behind what is selected; a field that is yet to be made is asked for first. */
  add(part: NewPart | FieldOfType, at?: string): void;
  /** Asks for a field that is yet to be made, and places it. */
  ask(field: FieldToMake): void;
  pickUp(id: string): void;
  /** Drags a part, with what is selected beside it, from where it is pressed. */
  drag(press: PointerEvent, id: string): void;
  /** Drags something new from the palette. */
  dragNew(press: PointerEvent, part: NewPart | FieldOfType): void;
}

/** How a part is selected: alone, with those that are, or with all between. */
export type SelectHow = 'only' | 'toggle' | 'range';

/** What can be done to parts at once, by a menu or by a key. */
export type PartAct = 'up' | 'down' | 'left' | 'right' | 'moveTo' | 'duplicate' | 'remove';

/** Takes a step of editing; where it changes nothing, that is told instead. */
export type TakeStep = (
  edit: (draft: FormDraft) => FormDraft,
  after: {
    readonly say: () => string;
    /** What is selected then; the first gets the focus. */
    readonly select?: readonly string[] | undefined;
    /** What is said where nothing changed. */
    readonly otherwise?: string | undefined;
  },
) => void;

const key: InjectionKey<Designing> = Symbol('designing');

/** Offers the designer to its parts. */
export function provideDesigning(designing: Designing): void {
  provide(key, designing);
}

/** The designer that this is a part of. */
export function useDesigning(): Designing {
  const designing = inject(key);
  if (!designing) throw new Error('Only inside a form designer');
  return designing;
}

/** The id of the element that stands for a part of the form. */
export function partElementId(id: string): string {
  return `form-part-${id}`;
}

/** Puts the focus on a part once it is drawn. */
export function focusPart(id: string): void {
  void nextTick(() => document.getElementById(partElementId(id))?.focus());
}

/** The id of the part that an element stands for; none for a control inside of one. */
export function partAt(element: EventTarget | null): string | undefined {
  if (!(element instanceof HTMLElement) || !element.id.startsWith('form-part-')) return undefined;
  return element.id.slice('form-part-'.length);
}
