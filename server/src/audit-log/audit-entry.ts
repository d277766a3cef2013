import { Field as Exposed, ID, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../customers/customer.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';

/** One thing that was done; its actor is added by the resolver. */
@ObjectType()
export class AuditEntry {
  @Exposed(() => ID) id: string;
  @Exposed(() => Date) at: string;
  actorId: string | null;
  /** From where it was asked for. */
  @Exposed(() => String, { nullable: true })
  address: string | null;
  @Exposed(() => String) action: string;
  @Exposed(() => String, { description: 'kind:id, such as customer:018f….' }) target: string;
  @Exposed(() => JsonScalar, {
    description:
      'What was changed, from what to what, as far as the viewer may know it; restricted: true where it may not.',
  })
  changes: Readonly<Record<string, unknown>>;
}

/** A page of the audit log. */
@ObjectType()
export class AuditConnection {
  @Exposed(() => [AuditEntry]) nodes: AuditEntry[];
  @Exposed(() => PageInfo) pageInfo: PageInfo;
}
