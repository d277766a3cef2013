import type { Catalogue, Json } from '@kequn/rules';
import { emptyDraft, type Draft, type Group, type Line, type Match, type OperatorName, type Subject } from './draft.ts';
import { changeGroup, copyItem, otherMatch, parentOf, replaceItem, unlessTooDeep } from './draft-tree.ts';
import { compareBy } from './operators.ts';
import { compareSubject } from './subjects.ts';

/* Every edit of a draft: the same draft where there is nothing to do, a new one otherwise. Undo is keeping the former one. */

/** A line with nothing in it. */
function newLine(id: string): Line {
  return { kind: 'line', id, subject: null, operator: null, values: [] };
}

/** Adds an empty line at the end of a group. */
export function addLine(draft: Draft, groupId: string, id: string): Draft {
  return changeGroup(draft, groupId, (group) => ({ ...group, items: [...group.items, newLine(id)] }));
}

/** Adds a group, with an empty line in it, at the end of a group. */
export function addGroup(draft: Draft, groupId: string, ids: { readonly group: string; readonly line: string }): Draft {
  const deeper = changeGroup(draft, groupId, (group) => {
    const added: Group = { kind: 'group', id: ids.group, match: otherMatch(group), items: [newLine(ids.line)] };
    return { ...group, items: [...group.items, added] };
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

/** Lets a line ask about something else; how it compares stays where that can be compared so, the value only if it is still one. */
export function setSubject(draft: Draft, id: string, subject: Subject, catalogue: Catalogue): Draft {
  return changeLine(draft, id, (line) => ({ ...line, subject, ...compareSubject(line, subject, catalogue) }));
}

/** Lets a line compare in another way; what was filled in stays as far as it fits. */
export function setOperator(draft: Draft, id: string, operator: OperatorName): Draft {
  return changeLine(draft, id, (line) => ({ ...line, ...compareBy(line, operator) }));
}

/** Fills in what a line compares with. */
export function setValues(draft: Draft, id: string, values: readonly Json[]): Draft {
  return changeLine(draft, id, (line) => ({ ...line, values }));
}

/** Puts a copy of an item behind it. */
export function duplicate(draft: Draft, id: string, newId: () => string): Draft {
  return replaceItem(draft, id, (item) => [item, copyItem(item, newId)]);
}

/** Puts an item into a new group of its own, in its place. */
export function wrap(draft: Draft, id: string, groupId: string): Draft {
  const wrapped = replaceItem(draft, id, (item) => [{ kind: 'group', id: groupId, match: 'ALL', items: [item] }]);
  return unlessTooDeep(draft, wrapped);
}

/** Puts what a group holds in its place; what was disabled by the group stays so. */
export function dissolve(draft: Draft, groupId: string): Draft {
  return replaceItem(draft, groupId, (item) => {
    if (item.kind !== 'group') return [item];
    return item.disabled ? item.items.map((inner) => ({ ...inner, disabled: true })) : item.items;
  });
}

/** Keeps an item in the draft but out of the rule, or takes it in again. */
export function setDisabled(draft: Draft, id: string, disabled: boolean): Draft {
  return replaceItem(draft, id, (item) => [(item.disabled ?? false) === disabled ? item : { ...item, disabled }]);
}

/**
 * Turns what an item says into its opposite: "any of" and "none of" change places, anything else is put into a group of its own that
 * asks for none of it, or taken out of one that does.
 */
export function negate(draft: Draft, id: string, groupId: string): Draft {
  const parent = parentOf(draft.root, id);
  const item = parent?.items.find((one) => one.id === id);
  if (!parent || !item) return draft;
  if (item.kind === 'group' && item.match !== 'ALL') return setMatch(draft, id, item.match === 'ANY' ? 'NONE' : 'ANY');
  if (parent.match === 'NONE' && parent.items.length === 1 && parent.id !== draft.root.id)
    return dissolve(draft, parent.id);
  const negated: Group = { kind: 'group', id: groupId, match: 'NONE', items: [item] };
  return unlessTooDeep(
    draft,
    replaceItem(draft, id, () => [negated]),
  );
}

function changeLine(draft: Draft, id: string, change: (line: Line) => Line): Draft {
  return replaceItem(draft, id, (item) => [item.kind === 'line' ? change(item) : item]);
}
