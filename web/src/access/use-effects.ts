import { computed, type ComputedRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import type { AccessChange } from './access-draft.ts';
import { lesser } from './degrees.ts';
import type { MatrixRow } from './use-access-matrix.ts';
import type { Role } from './use-roles.ts';

/** The changes of one role, each told by its effect. */
export interface RoleEffects {
  readonly role: Role;
  readonly changes: readonly AccessChange[];
  readonly sentences: readonly string[];
}

/** What changes will do, role by role, in plain words. */
export function useEffects(
  changes: () => readonly AccessChange[],
  roles: () => readonly Role[],
  rows: () => readonly MatrixRow[],
): ComputedRef<readonly RoleEffects[]> {
  const t = useMessages();

  function sentenceOf(
    { from, to }: AccessChange,
    { name, defaultAccess }: Role,
    { shown, ceiling }: MatrixRow,
  ): string {
    const { effects, backToDefault, pinned, unpinned, degrees: words } = t.value.access;
    const byDefault = defaultAccess ?? 'HIDDEN';
    const [before, after] = [lesser(from ?? byDefault, ceiling), lesser(to ?? byDefault, ceiling)];
    if (before === after) return (to === null ? unpinned : pinned)(name, shown, words[after]);
    const effect = effects[after](name, shown);
    return to === null ? backToDefault(effect) : effect;
  }

  return computed(() => {
    const byKey = new Map(rows().map((row) => [row.key, row]));
    return roles().flatMap((role): RoleEffects[] => {
      const own = changes().filter(({ roleId }) => roleId === role.id);
      const sentences = own.flatMap((change) => {
        const row = byKey.get(change.fieldKey);
        return row ? [sentenceOf(change, role, row)] : [];
      });
      return own.length > 0 ? [{ role, changes: own, sentences }] : [];
    });
  });
}
