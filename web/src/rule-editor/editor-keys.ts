import { itemsWithin, type Item } from './draft.ts';
import { parentOf } from './draft-tree.ts';
import { focusItem, itemAt, type ItemAct } from './editing.ts';
import type { Direction } from './moves.ts';
import type { Editor } from './use-editor.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'out',
  ArrowRight: 'in',
};
const acts: Readonly<Record<string, ItemAct>> = { Delete: 'remove', Backspace: 'remove' };
const actsWithAlt: Readonly<Record<string, ItemAct>> = { ArrowUp: 'up', ArrowDown: 'down' };
const actsWithControl: Readonly<Record<string, ItemAct>> = { d: 'duplicate', g: 'wrap', '!': 'negate' };

/**
 * The keys of a rule editor: undo and redo anywhere in it; on an item that has the focus itself, walking, picking up and what its menu
 * does; while one is picked up, moving, dropping and putting back.
 */
export function onEditorKey(editor: Editor, event: KeyboardEvent): void {
  const act = actOf(editor, event);
  if (!act) return;
  event.preventDefault();
  // A drawer around it would take Escape for itself.
  event.stopPropagation();
  act();
}

function actOf(editor: Editor, event: KeyboardEvent): (() => void) | undefined {
  const { root } = editor.pickUp.shown.value;
  const item = itemAt(root, event.target);
  if (editor.pickUp.heldId.value !== undefined) return actWhileHeld(editor, event);
  const step = stepOf(editor, event);
  return step ?? (item && (walk(editor, event, item) ?? (item === root ? undefined : actOnItem(editor, event, item))));
}

function actWhileHeld({ pickUp }: Editor, { key }: KeyboardEvent): (() => void) | undefined {
  const direction = directions[key];
  if (direction) return () => pickUp.move(direction);
  if (key === 'Enter' || key === ' ') return pickUp.drop;
  return key === 'Escape' ? pickUp.putBack : undefined;
}

function stepOf(editor: Editor, event: KeyboardEvent): (() => void) | undefined {
  if ((!event.ctrlKey && !event.metaKey) || event.key.toLowerCase() !== 'z') return undefined;
  return () => editor.step(event.shiftKey ? 'redo' : 'undo');
}

function walk({ draft }: Editor, event: KeyboardEvent, item: Item): (() => void) | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const { root } = draft.draft.value;
  const all = [root, ...itemsWithin(root)];
  const index = all.indexOf(item);
  const targets: Readonly<Record<string, Item | undefined>> = {
    ArrowUp: all[index - 1],
    ArrowDown: all[index + 1],
    ArrowLeft: parentOf(root, item.id),
    ArrowRight: item.kind === 'group' ? item.items[0] : undefined,
  };
  return event.key in targets ? () => focusItem((targets[event.key] ?? item).id) : undefined;
}

function actOnItem({ editing }: Editor, event: KeyboardEvent, { id }: Item): (() => void) | undefined {
  const act = namedAct(event);
  if (act) return () => editing.perform(act, id);
  return event.key === ' ' ? () => editing.pickUp(id) : undefined;
}

function namedAct({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): ItemAct | undefined {
  if (altKey) return actsWithAlt[key];
  return ctrlKey || metaKey ? actsWithControl[key.toLowerCase()] : acts[key];
}
