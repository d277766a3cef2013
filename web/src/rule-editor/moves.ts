import { itemsWithin, type Draft, type Group, type Item } from './draft.ts';
import { removeItem } from './edits.ts';
import { changeGroup, otherMatch, parentOf, replaceItem, unlessTooDeep } from './draft-tree.ts';

/* Moving is putting an item somewhere else; where that is may be told by the mouse, by a key or by a menu. */

/** A place among the items of a group: before the one with this index, as they stand before the move. */
export interface Spot {
  readonly kind: 'spot';
  readonly group: string;
  readonly index: number;
}

/** Where an item may land: at a spot, or on a condition, which makes a group of both. */
export type Landing = Spot | { readonly kind: 'onto'; readonly condition: string };

/** One step of an item: past its neighbour in reading order, into or out of groups as they come; or into or out of one at once. */
export type Direction = 'up' | 'down' | 'in' | 'out';

/** Adds an item where it lands; `groupId` is for the group that may come of it. Nothing is done where there is no such place. */
export function insertItem(draft: Draft, item: Item, landing: Landing, groupId: string): Draft {
  return unlessTooDeep(draft, land(draft, item, landing, groupId));
}

/** Moves an item; it stays where it is if it cannot land there, such as in itself. */
export function moveTo(draft: Draft, id: string, landing: Landing, groupId: string): Draft {
  const parent = parentOf(draft.root, id);
  const from = parent?.items.findIndex((item) => item.id === id) ?? -1;
  const moved = parent?.items[from];
  if (!parent || !moved || holds(moved, landing.kind === 'spot' ? landing.group : landing.condition)) return draft;
  const sameGroup = landing.kind === 'spot' && landing.group === parent.id;
  if (sameGroup && (landing.index === from || landing.index === from + 1)) return draft;
  const target = sameGroup && landing.index > from ? { ...landing, index: landing.index - 1 } : landing;
  const without = removeItem(draft, id);
  const after = land(without, moved, target, groupId);
  return after === without ? draft : unlessTooDeep(draft, after);
}

/** Moves an item by one step; it stays where there is nowhere to go. */
export function moveBy(draft: Draft, id: string, direction: Direction): Draft {
  const target = spotOf(draft, id, direction);
  return target ? moveTo(draft, id, target, '') : draft;
}

/** The spot behind an item; for the outermost group, at its end. */
export function behind({ root }: Draft, id: string): Spot {
  const parent = parentOf(root, id);
  return parent ? spot(parent, parent.items.findIndex((item) => item.id === id) + 1) : spot(root, root.items.length);
}

function land(draft: Draft, item: Item, landing: Landing, groupId: string): Draft {
  if (landing.kind === 'spot')
    return changeGroup(draft, landing.group, (group) => ({
      ...group,
      items: group.items.toSpliced(landing.index, 0, item),
    }));
  const match = otherMatch(parentOf(draft.root, landing.condition));
  return replaceItem(draft, landing.condition, (target) => [
    target.kind === 'group' ? target : { kind: 'group', id: groupId, match, items: [target, item] },
  ]);
}

function holds(item: Item, id: string): boolean {
  return item.id === id || (item.kind === 'group' && itemsWithin(item).some((inner) => inner.id === id));
}

function spotOf({ root }: Draft, id: string, direction: Direction): Spot | undefined {
  const parent = parentOf(root, id);
  if (!parent) return undefined;
  const index = parent.items.findIndex((item) => item.id === id);
  const [above, below] = [parent.items[index - 1], parent.items[index + 1]];
  switch (direction) {
    case 'up':
      return above ? (endOf(above) ?? spot(parent, index - 1)) : beside(root, parent, 0);
    case 'down':
      return below ? (startOf(below) ?? spot(parent, index + 2)) : beside(root, parent, 1);
    case 'in':
      return startOf(below) ?? endOf(above);
    case 'out':
      return beside(root, parent, 1);
  }
}

function spot(group: Group, index: number): Spot {
  return { kind: 'spot', group: group.id, index };
}

function startOf(item: Item | undefined): Spot | undefined {
  return item?.kind === 'group' ? spot(item, 0) : undefined;
}

function endOf(item: Item | undefined): Spot | undefined {
  return item?.kind === 'group' ? spot(item, item.items.length) : undefined;
}

/** Before a group (0) or behind it (1). */
function beside(root: Group, group: Group, offset: 0 | 1): Spot | undefined {
  const around = parentOf(root, group.id);
  return around && spot(around, around.items.indexOf(group) + offset);
}
