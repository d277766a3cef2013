import { Field as Exposed, ObjectType } from '@nestjs/graphql';
import { createHash, randomBytes } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { User } from './user.ts';

/** A sign-in that lasts. The token itself is stored nowhere, so a copy of the table opens nothing. */
@Entity('session')
export class StoredSession {
  @PrimaryColumn('bytea') tokenHash: Buffer;
  @Column('uuid') userId: string;
  /** The role as which somebody looks at the system; null in a session of one's own. */
  @Column('uuid', { nullable: true })
  roleId: string | null;
  @Column('timestamptz') createdAt: string;
  @Column('timestamptz') lastUsedAt: string;
  @Column('timestamptz') expiresAt: string;
}

/** What a sign-in answers: the token is told once. */
@ObjectType()
export class Session {
  @Exposed(() => String) token: string;
  @Exposed(() => Date) expiresAt: string;
  @Exposed(() => User) user: User;
}

/** How long a session lasts: at the most, and without use. */
export const sessionDays = { longest: 30, idle: 7 } as const;

/** A new token: 32 random bytes as base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Under what a token's session is stored. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
