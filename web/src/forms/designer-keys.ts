import { focusPart, partAt, type PartAct } from './designing.ts';
import type { Direction } from './form-moves.ts';
import { pageOfSection, partOf, partsOfDraft, placeOfItem } from './form-tree.ts';
import type { Designer } from './use-designer.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
const acts: Readonly<Record<string, PartAct>> = { Delete: 'remove', Backspace: 'remove' };

/**
 * The keys of the designer: undo and redo anywhere in it but where text is typed; on a part that has the focus itself, walking, selecting
 * several, picking up, going to its settings and what its menu does; while something is picked up, moving, dropping and putting back.
 */
export function onDesignerKey(designer: Designer, event: KeyboardEvent): void {
  const act = actOf(designer, event);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function actOf(designer: Designer, event: KeyboardEvent): (() => void) | undefined {
  if (designer.pickUp.held.value) return actWhileHeld(designer, event);
  const part = partAt(event.target);
  return stepOf(designer, event) ?? (part === undefined ? undefined : actOnPart(designer, event, part));
}

function actWhileHeld({ pickUp }: Designer, { key }: KeyboardEvent): (() => void) | undefined {
  const direction = directions[key];
  if (direction) return () => pickUp.move(direction);
  if (key === 'Enter' || key === ' ') return pickUp.drop;
  return key === 'Escape' ? pickUp.putBack : undefined;
}

/** Where text is typed, the browser takes its own typing back. */
function stepOf(designer: Designer, event: KeyboardEvent): (() => void) | undefined {
  if ((!event.ctrlKey && !event.metaKey) || event.target instanceof HTMLInputElement) return undefined;
  if (event.target instanceof HTMLTextAreaElement) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'y') return () => designer.step('redo');
  return key === 'z' ? () => designer.step(event.shiftKey ? 'redo' : 'undo') : undefined;
}

function actOnPart(designer: Designer, event: KeyboardEvent, id: string): (() => void) | undefined {
  const { designing } = designer;
  const { key, altKey, ctrlKey, metaKey } = event;
  const direction = directions[key];
  if (altKey) return direction && (() => designing.perform(direction, id));
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === 'd') return () => designing.perform('duplicate', id);
    return key === ' ' ? () => designing.select(id, 'toggle') : undefined;
  }
  if (direction) return walk(designer, event, id);
  const act = acts[key];
  if (act) return () => designing.perform(act, id);
  if (key === 'Escape') return () => designing.select(id, 'only');
  if (key === 'Enter') return designer.openSettings;
  return key === ' ' ? () => designing.pickUp(id) : undefined;
}

function walk({ designing }: Designer, event: KeyboardEvent, id: string): () => void {
  const target = targetOf(designing.shown, event.key, id) ?? id;
  return () => {
    designing.select(target, event.shiftKey ? 'range' : 'only');
    focusPart(target);
  };
}

/** Up and down in reading order; left and right to the column beside, else out to the section and the page, or into them. */
function targetOf(draft: Designer['designing']['shown'], key: string, id: string): string | undefined {
  const all = partsOfDraft(draft);
  const index = all.findIndex((part) => part.id === id);
  if (key === 'ArrowUp') return all[index - 1]?.id;
  if (key === 'ArrowDown') return all[index + 1]?.id;
  const place = placeOfItem(draft, id);
  if (!place) return key === 'ArrowLeft' ? pageOfSection(draft, id)?.id : firstWithin(draft, id);
  const { section, column, index: at } = place;
  const beside = section.columns[section.columns.indexOf(column) + (key === 'ArrowLeft' ? -1 : 1)];
  const within = beside?.items[Math.min(at, beside.items.length - 1)]?.id;
  return within ?? (key === 'ArrowLeft' ? section.id : undefined);
}

function firstWithin(draft: Designer['designing']['shown'], id: string): string | undefined {
  const part = partOf(draft, id);
  if (part?.kind === 'page') return part.part.sections[0]?.id;
  return part?.kind === 'section' ? part.part.columns.find(({ items }) => items.length > 0)?.items[0]?.id : undefined;
}
