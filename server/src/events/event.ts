import { Field as Exposed, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Value } from '@kequn/rules';
import { JsonScalar } from '../platform/graphql/scalars.ts';

/** Something that a customer did at an instant. */
@ObjectType()
export class Event {
  @Exposed(() => ID) id: string;
  customerId: string;
  @Exposed(() => ID) type: string;
  @Exposed(() => Date) at: string;
  @Exposed(() => Float, { nullable: true }) amount: number | null;
  @Exposed(() => JsonScalar, { description: 'By property key; empty ones are absent.' })
  properties: Readonly<Record<string, Value>>;
  /** The id that it has where it comes from. */
  @Exposed(() => String, { nullable: true }) sourceId: string | null;
}

/** An event as it is sent. */
@InputType({
  description: 'sourceId makes recording idempotent: the same one is kept once. at: at most a day ahead of now.',
})
export class EventInput {
  @Exposed(() => ID) customerId: string;
  @Exposed(() => ID) type: string;
  @Exposed(() => Date) at: string;
  @Exposed(() => Float, { nullable: true }) amount?: number | null;
  @Exposed(() => JsonScalar, { nullable: true }) properties?: unknown;
  @Exposed(() => String, { nullable: true }) sourceId?: string | null;
}
