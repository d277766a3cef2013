import { Field as Exposed, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { SortInput } from './customer.ts';

/** One key of an order. */
@ObjectType()
export class CustomerSort {
  @Exposed(() => ID) field: string;
  @Exposed(() => Boolean) descending: boolean;
}

/** One column of a list. */
@ObjectType()
export class CustomerColumn {
  @Exposed(() => ID, { description: 'A field key; created_at, updated_at and owner too.' }) key: string;
  @Exposed(() => Int, { nullable: true, description: 'In pixels; null: the usual.' }) width: number | null;
  @Exposed(() => Boolean, { description: 'Stays in sight at the left.' }) pinned: boolean;
}

/** A list of customers that somebody keeps for themselves or shares. */
@ObjectType()
@Entity()
export class CustomerView {
  @Exposed(() => ID) @PrimaryColumn('uuid') id: string;
  @Column('uuid') ownerId: string;
  @Exposed(() => String) @Column('text') name: string;
  @Exposed(() => Boolean, { description: 'Everybody sees it who may read what it is narrowed by.' })
  @Column('boolean')
  shared: boolean;
  @Exposed(() => Int) @Column('int') version: number;
  @Exposed(() => RuleScalar, { nullable: true }) @Column('jsonb', { nullable: true }) filter: unknown;
  @Exposed(() => String) @Column('text') search: string;
  @Exposed(() => [CustomerSort]) @Column('jsonb') sort: CustomerSort[];
  @Exposed(() => [CustomerColumn], { description: 'In their order; none: the usual ones.' })
  @Column('jsonb')
  columns: CustomerColumn[];
}

/** A column as it is sent. */
@InputType()
export class CustomerColumnInput {
  @Exposed(() => ID) key: string;
  @Exposed(() => Int, { nullable: true }) width?: number | null;
  @Exposed(() => Boolean, { nullable: true, defaultValue: false }) pinned?: boolean | null;
}

/** A list as it is sent, whole: what is not given is empty. */
@InputType({ description: 'Creates without id. With id, version must be the present one.' })
export class CustomerViewInput {
  @Exposed(() => ID, { nullable: true }) id?: string | null;
  @Exposed(() => Int, { nullable: true }) version?: number | null;
  @Exposed(() => String) name: string;
  @Exposed(() => Boolean, { nullable: true, defaultValue: false }) shared?: boolean | null;
  @Exposed(() => RuleScalar, { nullable: true }) filter?: unknown;
  @Exposed(() => String, { nullable: true }) search?: string | null;
  @Exposed(() => [SortInput], { nullable: true }) sort?: SortInput[] | null;
  @Exposed(() => [CustomerColumnInput], { nullable: true }) columns?: CustomerColumnInput[] | null;
}
