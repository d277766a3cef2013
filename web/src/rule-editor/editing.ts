import type { Catalogue } from '@kequn/rules';
import { inject, nextTick, provide, type InjectionKey } from 'vue';
import { itemsWithin, type Draft, type Group, type Item } from './draft.ts';
import type { LineState } from './line-state.ts';
import type { Landing } from './moves.ts';

/** What the parts of the editor ask of it. */
export interface Editing {
  /** What conditions may name. */
  readonly catalogue: Catalogue;
  stateOf(id: string): LineState | undefined;
  /** How many customers an item alone matches, and which share of all that is; undefined while that is not known. */
  countOf(item: Item): { readonly count: number; readonly share: number } | undefined;
  /** What an item says in vain, in words. */
  findingsOf(id: string): readonly string[];
  /** An item in words. */
  tell(item: Item): string;
  /** Takes a step, tells it, and puts the focus where the work goes on. */
  act: TakeStep;
  /** Takes a step of typing, which needs no telling; a run of them about one topic is one step. */
  type(edit: (draft: Draft) => Draft, topic: string): void;
  /** Does to an item what its menu and keys name. */
  perform(act: ItemAct, id: string): void;
  /** Picks an item up, to be moved by keys. */
  pickUp(id: string): void;
  /** Drags an item from where its handle is pressed. */
  drag(press: PointerEvent, id: string): void;
  /** Whether an item is being moved, by keys or by dragging. */
  isMoving(id: string): boolean;
  /** Where what is dragged would land. */
  readonly landing: Landing | undefined;
}

/** What can be done to an item at once, by its menu or by a key. */
export type ItemAct = 'up' | 'down' | 'duplicate' | 'wrap' | 'negate' | 'disable' | 'enable' | 'dissolve' | 'remove';

/** Takes a step of editing; one that would nest too deeply is not taken, and that is told instead. */
export type TakeStep = (
  edit: (draft: Draft) => Draft,
  after: { readonly say: string; readonly focus?: string | undefined },
) => void;

/** What the parts that say what is asked of a field want to know: they stand in lines of rules and in formulas. */
export type Naming = Pick<Editing, 'catalogue'>;

const editingKey: InjectionKey<Editing> = Symbol('editing');
const namingKey: InjectionKey<Naming> = Symbol('naming');

/** Offers the editor to its parts. */
export function provideEditing(editing: Editing): void {
  provide(editingKey, editing);
  provideNaming(editing);
}

/** Offers what may be named to the parts that name it. */
export function provideNaming(naming: Naming): void {
  provide(namingKey, naming);
}

/** What may be named here. */
export function useNaming(): Naming {
  const naming = inject(namingKey);
  if (!naming) throw new Error('Only inside an editor of rules or formulas');
  return naming;
}

/** The editor that this is a part of. */
export function useEditing(): Editing {
  const editing = inject(editingKey);
  if (!editing) throw new Error('Only inside a rule editor');
  return editing;
}

/** The id of the element that stands for an item. */
export function elementId(itemId: string): string {
  return `rule-item-${itemId}`;
}

/** Puts the focus on an item once it is drawn. */
export function focusItem(id: string): void {
  void nextTick(() => document.getElementById(elementId(id))?.focus());
}

/** The item, or the outermost group, that an element stands for; none for a control inside of one. */
export function itemAt(root: Group, element: EventTarget | null): Item | undefined {
  if (!(element instanceof HTMLElement)) return undefined;
  return [root, ...itemsWithin(root)].find(({ id }) => elementId(id) === element.id);
}

/** The item that has the focus itself. */
export function focusedItem(root: Group): Item | undefined {
  return itemAt(root, document.activeElement);
}
