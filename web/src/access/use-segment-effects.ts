import { shallowRef, watch, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import { AccessEffectsDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { RoleEffects } from './use-effects.ts';

/** Of many segments, so many are named. */
const NAMED = 5;

/** By role, what its changes do to the segments that it sees, in plain words; nothing of a role until the server has told. */
export function useSegmentEffects(
  effects: () => readonly RoleEffects[],
): Readonly<ShallowRef<ReadonlyMap<string, readonly string[]>>> {
  const api = useApi();
  const t = useMessages();
  const format = useFormat();
  const told = shallowRef<ReadonlyMap<string, readonly string[]>>(new Map());

  async function sentencesOf({ role: { id, name }, changes }: RoleEffects): Promise<readonly string[]> {
    const entries = changes.map(({ fieldKey, to }) => ({ fieldKey, access: to }));
    const { closed, opened } = (await api.query(AccessEffectsDocument, { roleId: id, entries })).accessEffects;
    const { number, list } = format.value;
    const named = (segments: readonly { readonly name: string }[]) =>
      list(segments.slice(0, NAMED).map((segment) => segment.name)) + (segments.length > NAMED ? '…' : '');
    const { segmentsClosed, segmentsOpened } = t.value.access;
    return [
      ...(closed.length > 0 ? [segmentsClosed(name, number(closed.length), named(closed))] : []),
      ...(opened.length > 0 ? [segmentsOpened(name, number(opened.length), named(opened))] : []),
    ];
  }

  async function ask(each: RoleEffects): Promise<void> {
    // What the server cannot tell now it says in its refusal of the save.
    const sentences = await sentencesOf(each).catch((error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error;
      return [];
    });
    told.value = new Map([...told.value, [each.role.id, sentences]]);
  }

  watch(effects, (all) => void all.forEach((each) => void ask(each)), { immediate: true });
  return told;
}
