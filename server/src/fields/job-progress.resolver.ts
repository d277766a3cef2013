import { Context as Ctx, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ownRights } from '../access/list-users.ts';
import type { Context } from '../access/viewer.ts';
import { Job } from '../jobs/job.ts';

/**
 * How far a job is. One that everybody may look at goes through all customers: to who does not see all of them it tells per cent, since how
 * many there are is not theirs to know.
 */
@Resolver(() => Job)
export class JobProgressResolver {
  @ResolveField(() => Int)
  async done(@Parent() job: Job, @Ctx() ctx: Context): Promise<number> {
    if (!(await isInPerCent(ctx, job))) return job.done;
    return job.total ? Math.floor((100 * job.done) / job.total) : 0;
  }

  @ResolveField(() => Int, { nullable: true })
  async total(@Parent() job: Job, @Ctx() ctx: Context): Promise<number | null> {
    return (await isInPerCent(ctx, job)) && job.total !== null ? 100 : job.total;
  }
}

async function isInPerCent(ctx: Context, { shared }: Job): Promise<boolean> {
  return shared && !(await ownRights(ctx)).held.some(({ role }) => role.rowScope === null);
}
