import { Field as Exposed, ID, ObjectType } from '@nestjs/graphql';
import type { ReadNote } from '../access-log/note-reads.ts';
import { PageInfo } from '../customers/customer.ts';

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
  /** As far as the viewer may know it; the resolver tells it once it is noted who reads what of it. */
  changes: Readonly<Record<string, unknown>>;
  /** What is to be noted before the changes are told. */
  read: ReadNote;
}

/** A page of the audit log. */
@ObjectType()
export class AuditConnection {
  @Exposed(() => [AuditEntry]) nodes: AuditEntry[];
  @Exposed(() => PageInfo) pageInfo: PageInfo;
}
