import { Field as Exposed, ID, ObjectType } from '@nestjs/graphql';
import { Customer, PageInfo } from './customer.ts';

/** Two customers with the same value of a unique field: whoever saved the later one does not see the other, and was told nothing. */
@ObjectType()
export class Duplicate {
  @Exposed(() => ID) id: string;
  @Exposed(() => ID) fieldKey: string;
  @Exposed(() => [Customer], { description: 'First whoever had the value first.' })
  customers: readonly Customer[];
  @Exposed(() => Date) foundAt: string;
}

/** A page of them. */
@ObjectType()
export class DuplicateConnection {
  @Exposed(() => [Duplicate]) nodes: readonly Duplicate[];
  @Exposed(() => PageInfo) pageInfo: PageInfo;
}
