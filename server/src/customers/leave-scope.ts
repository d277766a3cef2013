import { sentence, type Problem } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { rightsOnCustomers, rightsOnRow, selectCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import type { CustomerChange } from './customer-change.ts';

/** That the writer would not see a customer any more. */
export const leavesScope: Problem = {
  path: 'values',
  code: 'LEAVES_SCOPE',
  message: sentence('保存后这位客户将不在您的数据范围内', 'The customer would no longer be among those whom you see'),
};

/** That the writer's roles do not let customers go. */
const keepsScope: Problem = {
  path: 'leaveScope',
  code: 'LEAVES_SCOPE',
  message: sentence(
    '保存后这位客户将不在您的数据范围内，您的角色不允许这样做',
    'The customer would no longer be among those whom you see, which your role does not allow',
  ),
};

/** Those of just written customers whom the viewer does not see any more. */
export async function haveLeft(tx: Transactional<Context>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rights = await rightsOnCustomers(tx, ids);
  return new Set(ids.filter((id) => !rights(id)));
}

/**
 * A customer just written, as its writer sees it then; one that was let out of what the writer sees is shown once more as before. That takes a
 * role that sees the customer and lets go. Who makes a customer must be allowed that by a role that counts on it.
 *
 * @throws {Refused} VALIDATION_FAILED, code LEAVES_SCOPE, at `values` where it is to be asked for, at `leaveScope` where it may not be;
 * FIELD_FORBIDDEN.
 */
export async function seenAfterwards(
  tx: Transactional<Context>,
  { before, after, changed }: CustomerChange,
  mayLeave: boolean,
): Promise<CustomerRow> {
  if (!(await rightsOf(tx)).isScoped) return after;
  const [seen] = await selectCustomers(tx, { ids: [after.id] }, 1);
  const rights = seen && (await rightsOnRow(tx))(seen);
  if (before && !rights) await requireLeave(tx, before, mayLeave);
  if (!before && !rights?.mayCreate) throw invalid([leavesScope]);
  if (!before && rights) await requireWritten(tx, rights, changed);
  return seen ?? { ...after, counting: before?.counting };
}

async function requireLeave(tx: Transactional<Context>, before: CustomerRow, isAskedFor: boolean): Promise<void> {
  const seeing = (await rightsOnRow(tx))(before).held;
  if (!seeing.some(({ role }) => role.mayLeaveScope)) throw invalid([keepsScope]);
  if (!isAskedFor) throw invalid([leavesScope]);
}

async function requireWritten(tx: Transactional<Context>, rights: Rights, changed: readonly string[]): Promise<void> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const fields = changed.filter((key) => !byKey.get(key)?.computed && !rights.may(key, 'write'));
  if (fields.length > 0) throw refused('FIELD_FORBIDDEN', { fields });
}
