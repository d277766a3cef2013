import { itemsWithin } from './draft.ts';
import { elementId } from './editing.ts';
import type { Editor } from './use-editor.ts';

/** The keys of a rule editor: undo and redo anywhere in it; on an item that has the focus itself, walking, moving and removing. */
export function onEditorKey(editor: Editor, event: KeyboardEvent): void {
  const act = stepOf(editor, event) ?? actOnItem(editor, event);
  if (!act) return;
  event.preventDefault();
  act();
}

function stepOf(editor: Editor, event: KeyboardEvent): (() => void) | undefined {
  if ((!event.ctrlKey && !event.metaKey) || event.key.toLowerCase() !== 'z') return undefined;
  return () => editor.step(event.shiftKey ? 'redo' : 'undo');
}

function actOnItem({ draft, editing, focus }: Editor, event: KeyboardEvent): (() => void) | undefined {
  const items = itemsWithin(draft.draft.value.root).map(({ id }) => id);
  const index = items.findIndex((id) => event.target instanceof HTMLElement && elementId(id) === event.target.id);
  const id = items[index];
  if (id === undefined) return undefined;
  if (event.altKey) {
    if (event.key === 'ArrowDown') return () => editing.move(id, 1);
    return event.key === 'ArrowUp' ? () => editing.move(id, -1) : undefined;
  }
  switch (event.key) {
    case 'ArrowDown':
      return () => focus(items[index + 1] ?? id);
    case 'ArrowUp':
      return () => focus(items[index - 1] ?? id);
    case 'Delete':
      return () => editing.remove(id);
    default:
      return undefined;
  }
}
