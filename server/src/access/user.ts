import { Field as Exposed, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { JsonScalar } from '../platform/graphql/scalars.ts';

/** Somebody who signs in. */
@ObjectType()
@Entity('app_user')
export class User {
  @Exposed(() => ID) @PrimaryColumn('uuid') id: string;
  /** Lower-cased. */
  @Column('text') email: string;
  @Exposed(() => String) @Column('text') name: string;
  /** argon2id in its own text form. */
  @Column('text') passwordHash: string;
  @Exposed(() => Boolean) @Column('boolean') active: boolean;
  /** What `me` reads in row scopes and filters. */
  @Column('jsonb') attributes: Record<string, unknown>;
}

/** That a user has a role. */
@Entity()
export class UserRole {
  @PrimaryColumn('uuid') userId: string;
  @PrimaryColumn('uuid') roleId: string;
}

/** A user as it is sent: what is not given stays; a new one needs a password. */
@InputType()
export class UserInput {
  @Exposed(() => ID, { nullable: true }) id?: string | null;
  @Exposed(() => String) email: string;
  @Exposed(() => String) name: string;
  @Exposed(() => String, { nullable: true }) password?: string | null;
  @Exposed(() => Boolean, { nullable: true }) active?: boolean | null;
  @Exposed(() => [ID]) roleIds: string[];
  @Exposed(() => JsonScalar, { nullable: true }) attributes?: unknown;
}
