import { isSystemField, sentence, type Problem } from '@kequn/rules';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { change } from '../platform/transaction.ts';
import { rightsOf, type KnownRole } from './gate.ts';
import { Role, RoleFieldAccess, type FieldAccess, type FieldAccessInput } from './role.ts';
import { roleToChange } from './save-role.ts';
import type { Context } from './viewer.ts';
import { fieldKeys, requireWithinOwnRights } from './within-own-rights.ts';

/**
 * Sets what a role may do with these fields; the others keep what they have. Needs MANAGE_ROLES, and gives nothing that the giver does not
 * have. A field that is hidden from the giver is answered as one that does not exist.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, CONFLICT, VALIDATION_FAILED with every issue.
 */
export async function setFieldAccess(
  ctx: Context,
  roleId: string,
  version: number | null,
  inputs: readonly FieldAccessInput[],
): Promise<Role> {
  return change(ctx, async (tx) => {
    const before = await roleToChange(tx, roleId, version);
    const after = await withAccess(tx, before, inputs);
    await requireWithinOwnRights(tx, after);
    await store(tx, after);
    await recordAudit(tx, {
      action: 'role.access-changed',
      target: `role:${after.role.id}`,
      changes: { from: accessAt(before, inputs), to: accessAt(after, inputs) },
    });
    return after.role;
  });
}

/**
 * A role as it would be with this access.
 *
 * @throws {Refused} VALIDATION_FAILED for fields that one does not see, system fields, and one that is named twice.
 */
export async function withAccess(
  tx: Transactional<Context>,
  before: KnownRole,
  inputs: readonly FieldAccessInput[],
): Promise<KnownRole> {
  const problems = await problemsOf(tx, inputs);
  if (problems.length > 0) throw invalid(problems);
  return applied(before, inputs);
}

async function problemsOf(tx: Transactional<Context>, inputs: readonly FieldAccessInput[]): Promise<Problem[]> {
  const rights = await rightsOf(tx);
  const known = new Set((await kept(tx, fieldKeys)).filter((key) => rights.accessTo(key) !== 'HIDDEN'));
  return inputs.flatMap(({ fieldKey }, index): Problem[] => {
    const path = `entries/${index}/fieldKey`;
    if (isSystemField(fieldKey)) return [{ path, code: 'READ_ONLY', message: openToAll }];
    if (!known.has(fieldKey)) return [{ path, code: 'UNKNOWN_FIELD', message: noSuchField }];
    const isTwice = inputs.findIndex((each) => each.fieldKey === fieldKey) < index;
    return isTwice ? [{ path, code: 'NOT_UNIQUE', message: namedTwice }] : [];
  });
}

const openToAll = sentence('这是系统字段，所有人可见', 'This is a system field, which everybody may read');
const noSuchField = sentence('没有这个字段', 'There is no such field');
const namedTwice = sentence('同一个字段出现了两次', 'The field is named twice');

function applied({ role, entries, shares }: KnownRole, inputs: readonly FieldAccessInput[]): KnownRole {
  const after = new Map(entries);
  for (const { fieldKey, access } of inputs)
    if (access === null || access === undefined) after.delete(fieldKey);
    else after.set(fieldKey, access);
  return { role: Object.assign(new Role(), role, { version: role.version + 1 }), entries: after, shares };
}

async function store({ manager }: Transactional<Context>, { role, entries }: KnownRole): Promise<void> {
  await manager.save(Role, role);
  await manager.delete(RoleFieldAccess, { roleId: role.id });
  const rows = [...entries].map(([fieldKey, access]) => ({ roleId: role.id, fieldKey, access }));
  if (rows.length > 0) await manager.insert(RoleFieldAccess, rows);
}

function accessAt({ entries }: KnownRole, inputs: readonly FieldAccessInput[]): Record<string, FieldAccess | null> {
  return Object.fromEntries(inputs.map(({ fieldKey }) => [fieldKey, entries.get(fieldKey) ?? null]));
}
