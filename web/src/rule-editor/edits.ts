import type { Json } from '@kequn/rules';
import {
  depthOf,
  emptyDraft,
  itemsWithin,
  type Draft,
  type Group,
  type Item,
  type Line,
  type Match,
  type OperatorName,
} from './draft.ts';
import { fitValues, operators } from './operators.ts';

/* Every edit of a draft: the same draft where there is nothing to do, a new one otherwise. Undo is keeping the former one. */

/** Groups inside each other that editing makes; a rule from elsewhere may have more. Well within what the language allows. */
export const deepestNesting = 8;

/** A line with nothing in it. */
function newLine(id: string): Line {
  return { kind: 'line', id, field: null, operator: null, values: [] };
}

/** Adds an empty line at the end of a group. */
export function addLine(draft: Draft, groupId: string, id: string): Draft {
  return changeGroup(draft, groupId, (group) => ({ ...group, items: [...group.items, newLine(id)] }));
}

/** Adds a group, with an empty line in it, at the end of a group. It joins otherwise than that one: else it would say nothing new. */
export function addGroup(draft: Draft, groupId: string, ids: { readonly group: string; readonly line: string }): Draft {
  const deeper = changeGroup(draft, groupId, (group) => {
    const match: Match = group.match === 'ALL' ? 'ANY' : 'ALL';
    return { ...group, items: [...group.items, { kind: 'group', id: ids.group, match, items: [newLine(ids.line)] }] };
  });
  return unlessTooDeep(draft, deeper);
}

/** Removes an item; removing the outermost group empties it. */
export function removeItem(draft: Draft, id: string): Draft {
  if (id === draft.root.id) return draft.root.items.length === 0 ? draft : emptyDraft(id);
  return replaceItem(draft, id, () => []);
}

/** Changes how a group joins. */
export function setMatch(draft: Draft, groupId: string, match: Match): Draft {
  return changeGroup(draft, groupId, (group) => (group.match === match ? group : { ...group, match }));
}

/** Lets a line ask for another field; how it compares stays where that field can be compared so, the value only if it is still one. */
export function setField(
  draft: Draft,
  id: string,
  field: { readonly key: string; readonly operators: readonly OperatorName[]; readonly keepsValues: boolean },
): Draft {
  return changeLine(draft, id, (line) => {
    const operator =
      line.operator !== null && field.operators.includes(line.operator) ? line.operator : (field.operators[0] ?? null);
    const arity = operator === null ? 'none' : operators[operator].arity;
    return { ...line, field: field.key, operator, values: fitValues(field.keepsValues ? line.values : [], arity) };
  });
}

/** Lets a line compare in another way; what was filled in stays as far as it fits. */
export function setOperator(draft: Draft, id: string, operator: OperatorName): Draft {
  return changeLine(draft, id, (line) => ({
    ...line,
    operator,
    values: fitValues(line.values, operators[operator].arity),
  }));
}

/** Fills in what a line compares with. */
export function setValues(draft: Draft, id: string, values: readonly Json[]): Draft {
  return changeLine(draft, id, (line) => ({ ...line, values }));
}

/** Puts a copy of an item behind it. */
export function duplicate(draft: Draft, id: string, newId: () => string): Draft {
  return replaceItem(draft, id, (item) => [item, copy(item, newId)]);
}

/** Puts an item into a new group of its own, in its place. */
export function wrap(draft: Draft, id: string, groupId: string): Draft {
  const wrapped = replaceItem(draft, id, (item) => [{ kind: 'group', id: groupId, match: 'ALL', items: [item] }]);
  return unlessTooDeep(draft, wrapped);
}

/** Puts what a group holds in its place. */
export function dissolve(draft: Draft, groupId: string): Draft {
  return replaceItem(draft, groupId, (item) => (item.kind === 'group' ? item.items : [item]));
}

/**
 * Moves an item by one step in reading order: past its neighbour, into the neighbour if that is a group, or out of its own group at
 * the end of it.
 */
export function moveItem(draft: Draft, id: string, step: 1 | -1): Draft {
  const parent = parentOf(draft.root, id);
  const index = parent?.items.findIndex((item) => item.id === id) ?? -1;
  const moved = parent?.items[index];
  if (!parent || !moved) return draft;
  const neighbour = parent.items[index + step];
  const without = removeItem(draft, id);
  if (neighbour?.kind === 'group') {
    const within = (items: readonly Item[]): Item[] => (step === 1 ? [moved, ...items] : [...items, moved]);
    return unlessTooDeep(
      draft,
      changeGroup(without, neighbour.id, (group) => ({ ...group, items: within(group.items) })),
    );
  }
  if (neighbour)
    return changeGroup(without, parent.id, (group) => ({
      ...group,
      items: group.items.toSpliced(index + step, 0, moved),
    }));
  if (parent.id === draft.root.id) return draft;
  return replaceItem(without, parent.id, (group) => (step === 1 ? [group, moved] : [moved, group]));
}

/** The group that holds an item; undefined for the outermost group and what is not there. */
export function parentOf(group: Group, id: string): Group | undefined {
  if (group.items.some((item) => item.id === id)) return group;
  return itemsWithin(group).find(
    (item): item is Group => item.kind === 'group' && item.items.some((inner) => inner.id === id),
  );
}

function unlessTooDeep(before: Draft, after: Draft): Draft {
  return depthOf(after.root) > Math.max(deepestNesting, depthOf(before.root)) ? before : after;
}

function changeLine(draft: Draft, id: string, change: (line: Line) => Line): Draft {
  return replaceItem(draft, id, (item) => [item.kind === 'line' ? change(item) : item]);
}

function changeGroup(draft: Draft, id: string, change: (group: Group) => Group): Draft {
  if (id !== draft.root.id) return replaceItem(draft, id, (item) => [item.kind === 'group' ? change(item) : item]);
  const root = change(draft.root);
  return root === draft.root ? draft : { ...draft, root };
}

/** Puts other items in the place of one; the outermost group has no place. Parts that are not touched stay the same objects. */
function replaceItem(draft: Draft, id: string, replace: (item: Item) => readonly Item[]): Draft {
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

function copy(item: Item, newId: () => string): Item {
  if (item.kind !== 'group') return { ...item, id: newId() };
  return { ...item, id: newId(), items: item.items.map((inner) => copy(inner, newId)) };
}
