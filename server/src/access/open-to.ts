import { sentence, type Problem } from '@kequn/rules';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { degreeOf, rightsOf, roles, type KnownRole } from './gate.ts';
import { RoleFieldAccess, type RoleAccessInput } from './role.ts';
import type { Context } from './viewer.ts';

/**
 * Sets what roles may do with a new field, which nobody has put a value into yet.
 *
 * @throws {Refused} VALIDATION_FAILED for roles that are none, or named twice; LIMIT_EXCEEDED; FORBIDDEN.
 */
export async function openTo(
  tx: Transactional<Context>,
  fieldKey: string,
  inputs: readonly RoleAccessInput[],
): Promise<void> {
  if (inputs.length > limits.roles) throw refused('LIMIT_EXCEEDED', { limit: 'roles', max: limits.roles });
  const known = await kept(tx, roles);
  const rows = inputs.map(({ roleId, access }) => ({ roleId: roleId.toLowerCase(), fieldKey, access }));
  const problems = rows.flatMap(({ roleId }, index): Problem[] => {
    const isFirst = rows.findIndex((each) => each.roleId === roleId) === index;
    if (known.has(roleId) && isFirst) return [];
    return [{ path: `access/${index}/roleId`, code: 'INVALID', message: noSuchRole }];
  });
  if (problems.length > 0) throw invalid(problems);
  if (!(await rightsOf(tx)).has('MANAGE_ROLES') && rows.some((row) => closesToManagers(row, known)))
    throw refused('FORBIDDEN');
  if (rows.length > 0) await tx.manager.insert(RoleFieldAccess, rows);
}

/** Who manages roles must be able to open the field: nobody else decides that it is less open to them than usual. */
function closesToManagers({ roleId, access }: RoleAccessInput, known: ReadonlyMap<string, KnownRole>): boolean {
  const role = known.get(roleId)?.role;
  return (
    role !== undefined && role.capabilities.includes('MANAGE_ROLES') && degreeOf(access) < degreeOf(role.defaultAccess)
  );
}

const noSuchRole = sentence('没有这个角色，或它出现了两次', 'There is no such role, or it is named twice');
