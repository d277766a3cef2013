import { Context as Ctx, Mutation, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { Job } from '../jobs/job.ts';
import { loadDemo } from './load-demo.ts';

/** The demo data over GraphQL. */
@Resolver()
export class DemoResolver {
  @Mutation(() => Job, {
    description:
      'Fills an empty system with fields, customers, their events, and segments to look at. For administrators; VALIDATION_FAILED once there are fields or customers. The result: fields, customers, events, segments.',
  })
  loadDemo(@Ctx() ctx: Context) {
    return loadDemo(ctx);
  }
}
