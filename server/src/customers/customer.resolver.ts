import {
  Args,
  Context as Ctx,
  Field as Exposed,
  ID,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Json } from '@kequn/rules';
import { noteRead } from '../access-log/note-reads.ts';
import { usersById } from '../access/list-users.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { Job } from '../jobs/job.ts';
import { JsonScalar, RuleScalar } from '../platform/graphql/scalars.ts';
import { limits } from '../platform/limits.ts';
import { loadBatched } from '../platform/loading.ts';
import { pageSize } from '../platform/page-size.ts';
import { Membership, MembershipChange } from '../segments/membership.ts';
import { Segment } from '../segments/segment.ts';
import { Customer, CustomerConnection, CustomerInput, PageInfo, SortInput } from './customer.ts';
import { valuesForRole } from './customer-for-role.ts';
import { eraseCustomer } from './erase-customers.ts';
import { eraseCustomers } from './erase-selection.ts';
import { getCustomer, listCustomers } from './list-customers.ts';
import { formerMemberships, membershipHistory, membershipsByCustomer } from './memberships.ts';
import { CustomerSelectionInput } from './selection.ts';
import { updateCustomers } from './update-selection.ts';
import { saveCustomer } from './save-customer.ts';

/** What a save did: the customer, and the segments that it entered and left by it. */
@ObjectType()
class SaveCustomerPayload {
  @Exposed(() => Customer) customer: Customer;
  @Exposed(() => [Segment]) entered: readonly Segment[];
  @Exposed(() => [Segment]) left: readonly Segment[];
}

/** Customers over GraphQL. */
@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => CustomerConnection)
  customers(
    @Ctx() ctx: Context,
    @Args('filter', { type: () => RuleScalar, nullable: true }) filter?: unknown,
    @Args('search', {
      type: () => String,
      nullable: true,
      description:
        'Case, width and pinyin (initials too) do not matter; in the text fields that the viewer may read; empty: no search.',
    })
    search?: string | null,
    @Args('sort', { type: () => [SortInput], nullable: true }) sort?: SortInput[] | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first?: number | null,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ) {
    return listCustomers(ctx, { filter, search, sort, first, after });
  }

  @Query(() => Customer, { nullable: true })
  customer(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return getCustomer(ctx, id);
  }

  @Mutation(() => SaveCustomerPayload, {
    description:
      'Creates without id. With id, version must be the one read, or the answer is CONFLICT. Keys not given stay as they are; null empties.',
  })
  saveCustomer(
    @Ctx() ctx: Context,
    @Args('input') input: CustomerInput,
    @Args('leaveScope', { type: () => Boolean, nullable: true, defaultValue: false }) leaveScope: boolean | null,
  ) {
    return saveCustomer(ctx, input, leaveScope ?? false);
  }

  @Mutation(() => Boolean, {
    description:
      'For good: its values are taken out of the audit log too. version must be the one read, or the answer is CONFLICT.',
  })
  eraseCustomer(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ) {
    return eraseCustomer(ctx, id, version);
  }

  @Mutation(() => Job, {
    description:
      'Gives every customer of a selection the same values. The result: changed, unchanged, refusedCount, and refused with customerId and issues of the first hundred.',
  })
  updateCustomers(
    @Ctx() ctx: Context,
    @Args('selection') selection: CustomerSelectionInput,
    @Args('values', { type: () => JsonScalar }) values: Json,
  ) {
    return updateCustomers(ctx, selection, values);
  }

  @Mutation(() => Job, { description: 'Erases every customer of a selection for good. The result: erased.' })
  eraseCustomers(@Ctx() ctx: Context, @Args('selection') selection: CustomerSelectionInput) {
    return eraseCustomers(ctx, selection);
  }

  @ResolveField(() => JsonScalar, {
    description: 'By field key; hidden fields are absent, masked ones are masked, empty ones are null.',
  })
  async values(@Parent() { values, read }: Customer, @Ctx() ctx: Context) {
    await noteRead(ctx, read);
    return values;
  }

  @ResolveField(() => JsonScalar, {
    nullable: true,
    description:
      'What one role alone may read of it, as far as the viewer may too; null where the role does not see it. Needs MANAGE_ROLES.',
  })
  async valuesFor(
    @Parent() customer: Customer,
    @Ctx() ctx: Context,
    @Args('roleId', { type: () => ID }) roleId: string,
  ) {
    await noteRead(ctx, customer.read);
    return valuesForRole(ctx, customer, roleId);
  }

  @ResolveField(() => User, { nullable: true })
  owner(@Parent() customer: Customer, @Ctx() ctx: Context) {
    return customer.ownerId === null ? null : loadBatched(ctx, usersById, customer.ownerId);
  }

  @ResolveField(() => [Membership], {
    description:
      'As they are now, or as they were at an instant (deleted segments too). Restricted segments are left out; of a former day also those that ever read what the viewer may not.',
  })
  memberships(
    @Parent() { id }: Customer,
    @Ctx() ctx: Context,
    @Args('at', { type: () => Date, nullable: true }) at?: string | null,
  ) {
    return at ? loadBatched(ctx, formerMemberships, { id, at }) : loadBatched(ctx, membershipsByCustomer, id);
  }

  @ResolveField(() => [MembershipChange], { description: 'Enters and leaves, newest first.' })
  membershipHistory(
    @Parent() customer: Customer,
    @Ctx() ctx: Context,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('before', { type: () => Date, nullable: true }) before?: string | null,
  ) {
    return membershipHistory(ctx, customer.id, { limit: pageSize(first, limits.historyPage), before: before ?? null });
  }
}

/** Where a page ends, and the total, counted only when it is asked for. */
@Resolver(() => CustomerConnection)
export class CustomerConnectionResolver {
  @ResolveField(() => PageInfo)
  async pageInfo(@Parent() { pageInfo, readAtEnd }: CustomerConnection, @Ctx() ctx: Context) {
    if (readAtEnd) await noteRead(ctx, readAtEnd);
    return pageInfo;
  }

  @ResolveField(() => Int)
  totalCount(@Parent() connection: CustomerConnection) {
    return connection.count();
  }
}
