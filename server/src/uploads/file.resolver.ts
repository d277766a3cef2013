import { Args, Context as Ctx, Field as Exposed, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { listFiles } from './list-files.ts';

/** What is told of a file; its bytes are at /files/ID. */
@ObjectType()
class FileInfo {
  @Exposed(() => ID) id: string;
  @Exposed(() => String) name: string;
  @Exposed(() => Int) bytes: number;
  @Exposed(() => String, { description: 'The media type that its bytes tell.' }) type: string;
}

/** Files over GraphQL. */
@Resolver()
export class FileResolver {
  @Query(() => [FileInfo], {
    description: 'Those of these files that the viewer may read. The bytes of each are at /files/ID.',
  })
  files(@Ctx() ctx: Context, @Args('ids', { type: () => [ID] }) ids: string[]) {
    return listFiles(ctx, ids);
  }
}
