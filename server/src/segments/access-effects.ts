import { Field as Exposed, ObjectType } from '@nestjs/graphql';
import { readingFields, requireCapability, Rights, roles, type KnownRole } from '../access/gate.ts';
import type { FieldAccessInput } from '../access/role.ts';
import { withAccess } from '../access/set-field-access.ts';
import type { Context } from '../access/viewer.ts';
import { ruleRestriction } from '../fields/restriction.ts';
import { segmentReads } from '../fields/segment-reads.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { findSegments } from './find-segment.ts';
import { Segment } from './segment.ts';

/** What else changes for a role with its access to fields: which segments it sees no more, and which from then on. */
@ObjectType()
export class AccessEffects {
  @Exposed(() => [Segment], { description: 'Whose members the role sees now and would not see any more.' })
  closed: readonly Segment[];
  @Exposed(() => [Segment], { description: 'Whose members the role would see and does not see now.' })
  opened: readonly Segment[];
}

/**
 * Tells what setting this access would do to the segments of a role, without doing it. Tells of no segment whose rule is closed to who asks:
 * which fields it reads would be found out by it. Needs MANAGE_ROLES.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, VALIDATION_FAILED.
 */
export async function accessEffects(
  ctx: Context,
  roleId: string,
  entries: readonly FieldAccessInput[],
): Promise<AccessEffects> {
  return read(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_ROLES');
    const role = (await kept(tx, roles)).get(roleId.toLowerCase());
    if (!role) throw notFound();
    const before = await openTo(tx, role);
    const after = await openTo(tx, await withAccess(tx, role, entries));
    return Object.assign(new AccessEffects(), {
      closed: await onlyIn(tx, before, after),
      opened: await onlyIn(tx, after, before),
    });
  });
}

/** The segments whose members a role sees, of those whose rule is open to who asks. */
async function openTo(tx: Transactional<Context>, role: KnownRole): Promise<ReadonlySet<string>> {
  const rights = new Rights([role], await kept(tx, readingFields));
  const reads = await kept(tx, segmentReads);
  const isClosed = await ruleRestriction(tx);
  const ids = reads.keys.map(([id]) => id).filter((id) => !isClosed(id));
  return new Set(ids.filter((id) => rights.mayAll(reads.toldByMembers(role, id), 'filter')));
}

async function onlyIn(
  tx: Transactional<Context>,
  these: ReadonlySet<string>,
  those: ReadonlySet<string>,
): Promise<Segment[]> {
  const segments = await findSegments(
    tx,
    [...these].filter((id) => !those.has(id)),
  );
  return segments.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
