import { Field as Exposed, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

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
