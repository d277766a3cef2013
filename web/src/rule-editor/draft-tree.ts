import { depthOf, itemsWithin, type Draft, type Group, type Item, type Match } from './draft.ts';

/* What edits of a draft are made of. */

/** Groups inside each other that editing makes; a rule from elsewhere may have more. Well within what the language allows. */
export const deepestNesting = 8;

/** The group that holds an item; undefined for the outermost group and what is not there. */
export function parentOf(group: Group, id: string): Group | undefined {
  if (group.items.some((item) => item.id === id)) return group;
  return itemsWithin(group).find(
    (item): item is Group => item.kind === 'group' && item.items.some((inner) => inner.id === id),
  );
}

/** Where an item stands in its group, and the number of that group: 2.1 is the first group in the second; the outermost has none. */
export interface Place {
  readonly index: number;
  readonly group: Group;
  readonly groupNumber: string;
}

/** Finds where an item stands; undefined for the outermost group and what is not there. */
export function placeOf(group: Group, id: string, groupNumber = ''): Place | undefined {
  const index = group.items.findIndex((item) => item.id === id);
  if (index !== -1) return { index, group, groupNumber };
  for (const [at, item] of group.items.entries()) {
    const found = item.kind === 'group' ? placeOf(item, id, numberOf(groupNumber, at)) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The number of an item, from that of its group. */
export function numberOf(groupNumber: string, index: number): string {
  return groupNumber ? `${groupNumber}.${index + 1}` : String(index + 1);
}

/** How a new group inside another joins: otherwise than that one, else it would say nothing new. */
export function otherMatch(around: Group | undefined): Match {
  return around?.match === 'ALL' ? 'ANY' : 'ALL';
}

/** An edit's outcome, unless it nests deeper than editing may. */
export function unlessTooDeep(before: Draft, after: Draft): Draft {
  return depthOf(after.root) > Math.max(deepestNesting, depthOf(before.root)) ? before : after;
}

/** Changes a group, be it the outermost. */
export function changeGroup(draft: Draft, id: string, change: (group: Group) => Group): Draft {
  if (id !== draft.root.id) return replaceItem(draft, id, (item) => [item.kind === 'group' ? change(item) : item]);
  const root = change(draft.root);
  return root === draft.root ? draft : { ...draft, root };
}

/** Puts other items in the place of one; the outermost group has no place. Parts that are not touched stay the same objects. */
export function replaceItem(draft: Draft, id: string, replace: (item: Item) => readonly Item[]): Draft {
  const root = replaceWithin(draft.root, id, replace);
  return root === draft.root ? draft : { ...draft, root };
}

function replaceWithin(group: Group, id: string, replace: (item: Item) => readonly Item[]): Group {
  const items = group.items.flatMap((item) => {
    if (item.id === id) return replace(item);
    return item.kind === 'group' ? [replaceWithin(item, id, replace)] : [item];
  });
  const same = items.length === group.items.length && items.every((item, index) => item === group.items[index]);
  return same ? group : { ...group, items };
}

/** An item like another, with ids of its own. */
export function copyItem(item: Item, newId: () => string): Item {
  if (item.kind !== 'group') return { ...item, id: newId() };
  return { ...item, id: newId(), items: item.items.map((inner) => copyItem(inner, newId)) };
}
