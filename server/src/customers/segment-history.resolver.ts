import {
  Args,
  Context as Ctx,
  Field as Exposed,
  Int,
  ObjectType,
  OmitType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { customerColumns, toCustomerRow } from '../fields/customer-table.ts';
import { rolesThatMayUse } from '../fields/restriction.ts';
import { scopedCustomers } from '../fields/scoped-customers.ts';
import { limits } from '../platform/limits.ts';
import { loadBatched } from '../platform/loading.ts';
import { pageSize } from '../platform/page-size.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { closedMembers } from '../segments/list-segments.ts';
import { MembershipChange } from '../segments/membership.ts';
import { Segment } from '../segments/segment.ts';
import { Customer } from './customer.ts';
import { customerView } from './show-customer.ts';

/** That a customer entered or left a segment, as the segment tells it. */
@ObjectType()
class MemberChange extends OmitType(MembershipChange, ['segmentId']) {
  @Exposed(() => Customer) customer: Customer;
}

/** The history of a segment: added here, where customers are known. */
@Resolver(() => Segment)
export class SegmentHistoryResolver {
  @ResolveField(() => [MemberChange], {
    description:
      'Who entered and left, newest first, before an instant if one is given. Empty where the rule reads or ever read what the viewer may not.',
  })
  async history(
    @Parent() { id }: Segment,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('before', { type: () => Date, nullable: true }) before?: string | null,
  ): Promise<MemberChange[]> {
    const page = { limit: pageSize(first, limits.historyPage), before: before ?? null };
    return (await loadBatched(ctx, closedMembers, id)) ? [] : segmentHistory(ctx, id, page);
  }
}

/**
 * The enters and leaves of a segment, newest first, of customers that the viewer may see. None where the segment ever read what the
 * viewer may not: a move tells of the rule before it too.
 */
async function segmentHistory(
  ctx: Context,
  segmentId: string,
  { limit, before }: { limit: number; before: string | null },
): Promise<MemberChange[]> {
  return read(ctx, async (tx) => {
    const { fields } = await kept(tx, fieldCatalogue);
    const uses = { moves: [segmentId] };
    if ((await rolesThatMayUse(tx, uses)).length === 0) return [];
    const { from, parameters, counting } = await scopedCustomers(tx, { uses });
    const id = parameters.add(segmentId);
    const end = parameters.add(before);
    const rows = await tx.manager.query<(Record<string, unknown> & Omit<MemberChange, 'customer'>)[]>(
      `select c.*, h.kind, h.at, h.cause, h.rule_version as "ruleVersion", h.due_at as "dueAt", h.event_id as "eventId"
         from membership_change h join (select ${customerColumns(fields)}${counting()} from ${from}) c on c.id = h.customer_id
        where h.segment_id = ${id}::uuid and (${end}::timestamptz is null or h.at < ${end}::timestamptz)
        order by h.at desc, h.id desc limit ${parameters.add(limit)}`,
      parameters.values,
    );
    const view = await customerView(tx, 'segment');
    return rows.map((row) => {
      const { kind, at, cause, ruleVersion, dueAt, eventId } = row;
      return { customer: view(toCustomerRow(row, fields)), kind, at, cause, ruleVersion, dueAt, eventId };
    });
  });
}
