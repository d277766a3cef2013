import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../platform/context.ts';
import { change } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';
import { hashPassword } from './password.ts';
import { builtInRoles } from './role.ts';
import { User, UserRole } from './user.ts';

/** How the first administrator signs in. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/**
 * Makes the administrator of a system without users: with the given credentials, or with ones made up, which are given back to be
 * told once. Nothing happens, and undefined is given, where there is a user already.
 */
export async function createAdministrator(ctx: RequestContext, given?: Credentials): Promise<Credentials | undefined> {
  if (await ctx.database.source.manager.existsBy(User, {})) return undefined;
  const { email, password } = given ?? { email: 'admin@kequn.local', password: randomBytes(12).toString('base64url') };
  const passwordHash = await hashPassword(password);
  return change(ctx, async (tx) => {
    // Asked again under the lock: two servers may start together.
    if (await tx.manager.existsBy(User, {})) return undefined;
    const user = {
      id: newId(),
      email: email.toLowerCase(),
      name: email.split('@')[0]!,
      passwordHash,
      active: true,
      attributes: {},
    };
    await tx.manager.insert(User, user);
    await tx.manager.insert(UserRole, { userId: user.id, roleId: builtInRoles.administrator });
    return given ? undefined : { email, password };
  });
}
