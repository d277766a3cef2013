import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { rightsOf, roles, type KnownRole } from './gate.ts';
import type { Role } from './role.ts';
import type { Context } from './viewer.ts';

/** All roles by name: everybody may know which there are. */
export async function listRoles(ctx: Context): Promise<Role[]> {
  return read(ctx, async (tx) => {
    const known = [...(await kept(tx, roles)).values()].map(({ role }) => role);
    return known.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** Roles by id with all they allow, without entries of fields that are hidden from the viewer; undefined to who does not manage roles. */
export async function openRole(ctx: Context, ids: readonly string[]): Promise<(KnownRole | undefined)[]> {
  return read(ctx, async (tx) => {
    const rights = await rightsOf(tx);
    const known = rights.has('MANAGE_ROLES') ? await kept(tx, roles) : new Map<string, KnownRole>();
    const isVisible = ([key]: [string, unknown]) => rights.accessTo(key) !== 'HIDDEN';
    return ids.map((id) => {
      const found = known.get(id);
      return found && { ...found, entries: new Map([...found.entries].filter(isVisible)) };
    });
  });
}

/** Roles by id in the order of the ids. */
export async function rolesById(ctx: Context, ids: readonly string[]): Promise<(Role | null)[]> {
  return read(ctx, async (tx) => {
    const known = await kept(tx, roles);
    return ids.map((id) => known.get(id)?.role ?? null);
  });
}
