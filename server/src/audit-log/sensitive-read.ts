import { Field as Exposed, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../customers/customer.ts';

/** That somebody was told values of sensitive fields; its actor and customers are added by the resolver. */
@ObjectType()
export class SensitiveRead {
  @Exposed(() => ID) id: string;
  @Exposed(() => Date) at: string;
  actorId: string | null;
  /** From where it was asked for. */
  @Exposed(() => String, { nullable: true })
  address: string | null;
  @Exposed(() => String, {
    description: 'By what: list, customer, segment, preview, explanation, audit, answer, export.',
  })
  channel: string;
  @Exposed(() => [ID], {
    description: 'That were read, not each of each customer; of the one customer that is asked for, if one is.',
  })
  fieldKeys: readonly string[];
  /** Those who are still there. */
  customerIds: readonly string[];
  @Exposed(() => [ID], { description: 'Customers of it who have been erased since.' })
  erasedIds: readonly string[];
  @Exposed(() => Int, { description: 'Of all that the viewer may know of, erased ones too.' })
  customerCount: number;
}

/** A page of the access log. */
@ObjectType()
export class SensitiveReadConnection {
  @Exposed(() => [SensitiveRead]) nodes: readonly SensitiveRead[];
  @Exposed(() => PageInfo) pageInfo: PageInfo;
}
