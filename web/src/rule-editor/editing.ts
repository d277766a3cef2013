import type { FieldDefinition } from '@kequn/rules';
import { inject, provide, type InjectionKey } from 'vue';
import type { Draft, Item } from './draft.ts';
import type { LineState } from './line-state.ts';

/** What the parts of the editor ask of it. */
export interface Editing {
  readonly fields: readonly FieldDefinition[];
  fieldOf(key: string): FieldDefinition | undefined;
  stateOf(id: string): LineState | undefined;
  /** How many customers an item alone matches, and which share of all that is; undefined while that is not known. */
  countOf(item: Item): { readonly count: number; readonly share: number } | undefined;
  /** An item in words. */
  tell(item: Item): string;
  /** Takes a step, tells it, and puts the focus where the work goes on. */
  act(edit: (draft: Draft) => Draft, after: { readonly say: string; readonly focus?: string }): void;
  /** Takes a step of typing, which needs no telling; a run of them about one topic is one step. */
  type(edit: (draft: Draft) => Draft, topic: string): void;
  remove(id: string): void;
  move(id: string, step: 1 | -1): void;
}

const editingKey: InjectionKey<Editing> = Symbol('editing');

/** Offers the editor to its parts. */
export function provideEditing(editing: Editing): void {
  provide(editingKey, editing);
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
