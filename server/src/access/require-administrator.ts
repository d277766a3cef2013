import { sentence } from '@kequn/rules';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import type { Context } from './viewer.ts';

/**
 * Asks, after users or roles were changed, that an active user is left who manages both: without one nobody could ever open the system again.
 *
 * @throws {Refused} VALIDATION_FAILED at the given path, code LAST_ADMINISTRATOR.
 */
export async function requireAdministrator(tx: Transactional<Context>, path: string): Promise<void> {
  const [left] = await tx.manager.query<unknown[]>(
    `select 1 from app_user u where u.active and array(
       select unnest(r.capabilities) from user_role held join role r on r.id = held.role_id where held.user_id = u.id)
       @> '{MANAGE_ROLES,MANAGE_USERS}' limit 1`,
  );
  if (left) return;
  const message = sentence(
    '至少要有一位能管理角色和用户的在职用户',
    'At least one active user must be able to manage roles and users',
  );
  throw invalid([{ path, code: 'LAST_ADMINISTRATOR', message }]);
}
