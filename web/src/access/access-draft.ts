import type { Choice } from './degrees.ts';

/** Where a role meets a field. */
export interface Crossing {
  readonly roleId: string;
  readonly fieldKey: string;
}

/** What one crossing is to be given. */
export interface AccessEdit extends Crossing {
  readonly choice: Choice;
}

/** A crossing that is to become another than the one stored. */
export interface AccessChange extends Crossing {
  readonly from: Choice;
  readonly to: Choice;
}

/** What is stored at a crossing. */
export type Stored = (at: Crossing) => Choice;

/** Edits by their crossing; of each crossing the last one. */
type Edits = ReadonlyMap<string, AccessEdit>;

/** Edits that are not saved yet, with the way back and forth. */
export interface AccessDraft {
  readonly past: readonly Edits[];
  readonly edits: Edits;
  readonly future: readonly Edits[];
}

/** Nothing is edited. */
export const noEdits: AccessDraft = { past: [], edits: new Map(), future: [] };

/** What a crossing has by the draft. */
export function choiceAt({ edits }: AccessDraft, stored: Stored, at: Crossing): Choice {
  const edit = edits.get(placeOf(at));
  return edit ? edit.choice : stored(at);
}

/** Gives these crossings something else, in one step; the same draft where they have it already. */
export function setAccess(draft: AccessDraft, stored: Stored, wanted: readonly AccessEdit[]): AccessDraft {
  const news = wanted.filter((edit) => choiceAt(draft, stored, edit) !== edit.choice);
  if (news.length === 0) return draft;
  return stepTo(draft, new Map([...draft.edits, ...news.map((edit) => [placeOf(edit), edit] as const)]));
}

/** Back to what is stored, as a step that can be undone. */
export function discardEdits(draft: AccessDraft): AccessDraft {
  return draft.edits.size === 0 ? draft : stepTo(draft, new Map());
}

/** One step back; undefined where there is none. */
export function undo({ past, edits, future }: AccessDraft): AccessDraft | undefined {
  const before = past.at(-1);
  return before && { past: past.slice(0, -1), edits: before, future: [edits, ...future] };
}

/** One step forth that was undone; undefined where there is none. */
export function redo({ past, edits, future }: AccessDraft): AccessDraft | undefined {
  const [next, ...rest] = future;
  return next && { past: [...past, edits], edits: next, future: rest };
}

/** What would be saved: edits that differ from what is stored, which somebody else may have changed meanwhile. */
export function changesOf({ edits }: AccessDraft, stored: Stored): readonly AccessChange[] {
  return [...edits.values()].flatMap(({ roleId, fieldKey, choice: to }): AccessChange[] => {
    const from = stored({ roleId, fieldKey });
    return from === to ? [] : [{ roleId, fieldKey, from, to }];
  });
}

/** Without anything of a role: its edits are saved, or it is gone. Steps that were of it alone are none any more. */
export function withoutRole({ past, edits, future }: AccessDraft, roleId: string): AccessDraft {
  const without = (each: Edits): Edits => new Map([...each].filter(([, edit]) => edit.roleId !== roleId));
  const [before, now, after] = [past.map(without), without(edits), future.map(without)];
  return {
    past: before.filter((each, index) => !isSame(each, before[index + 1] ?? now)),
    edits: now,
    future: after.filter((each, index) => !isSame(each, after[index - 1] ?? now)),
  };
}

function isSame(one: Edits, other: Edits): boolean {
  return one.size === other.size && [...one].every(([place, edit]) => other.get(place) === edit);
}

function stepTo({ past, edits }: AccessDraft, next: Edits): AccessDraft {
  return { past: [...past, edits], edits: next, future: [] };
}

function placeOf({ roleId, fieldKey }: Crossing): string {
  return `${roleId} ${fieldKey}`;
}
