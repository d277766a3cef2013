import { Args, Context as Ctx, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { labelOf } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { correctEvent } from './correct-event.ts';
import { deleteEvent } from './delete-event.ts';
import { EventType, EventTypeInput } from './event-type.ts';
import { Event, EventInput } from './event.ts';
import { listEventTypes } from './list-events.ts';
import { recordEvents } from './record-events.ts';
import { saveEventType } from './save-event-type.ts';

/** Event types over GraphQL. */
@Resolver(() => EventType)
export class EventTypeResolver {
  @Query(() => [EventType])
  eventTypes(@Ctx() ctx: Context) {
    return listEventTypes(ctx);
  }

  @Mutation(() => EventType, {
    description:
      'Makes one, or changes the one with this key. labels and properties stay if not given; properties replaces the list.',
  })
  saveEventType(@Ctx() ctx: Context, @Args('input') input: EventTypeInput) {
    return saveEventType(ctx, input);
  }

  @ResolveField(() => String)
  label(@Parent() type: EventType, @Ctx() ctx: Context): string {
    return labelOf(type, ctx.locale);
  }
}

/** Events over GraphQL; those of a customer are added where customers are known. */
@Resolver(() => Event)
export class EventResolver {
  @Mutation(() => Int, {
    description:
      'At most 1,000; all or none (issue path /17/at is of the 18th). The number newly recorded: a sourceId met before is not an error and does not count.',
  })
  recordEvents(@Ctx() ctx: Context, @Args('events', { type: () => [EventInput] }) events: EventInput[]) {
    return recordEvents(ctx, events);
  }

  @Mutation(() => Event, { description: 'Replaces at, amount and properties; customerId and type must be its own.' })
  correctEvent(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string, @Args('input') input: EventInput) {
    return correctEvent(ctx, id, input);
  }

  @Mutation(() => Boolean)
  deleteEvent(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return deleteEvent(ctx, id);
  }
}
