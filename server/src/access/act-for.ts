import type { RequestContext } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { alone } from '../platform/transaction.ts';
import { User, UserRole } from './user.ts';
import type { Context } from './viewer.ts';

/**
 * The context of work that is done for its actor later than asked: with the rights that the user has now, not those of then.
 *
 * @throws {Refused} FORBIDDEN when the user is no longer active.
 */
export async function actFor(ctx: RequestContext): Promise<Context> {
  return alone(ctx, async (manager) => {
    const user = ctx.actorId && (await manager.findOneBy(User, { id: ctx.actorId, active: true }));
    if (!user) throw refused('FORBIDDEN');
    const held = await manager.findBy(UserRole, { userId: user.id });
    return { ...ctx, viewer: { user, roleIds: held.map(({ roleId }) => roleId) } };
  });
}
