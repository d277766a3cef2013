import { Field as Exposed, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Sentence } from '@kequn/rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RuleScalar } from '../platform/graphql/scalars.ts';

/** Whether customers are divided by a segment: not yet, now, or not any more. */
export const SegmentStatus = { DRAFT: 'DRAFT', ACTIVE: 'ACTIVE', PAUSED: 'PAUSED' } as const;
/** One of the three states of a segment. */
export type SegmentStatus = keyof typeof SegmentStatus;
registerEnumType(SegmentStatus, { name: 'SegmentStatus' });

/** A named rule; while it is active every customer for whom the rule holds is a member, and nobody else. */
@ObjectType()
@Entity()
export class Segment {
  @Exposed(() => ID) @PrimaryColumn('uuid') id: string;
  @Exposed(() => ID) @Column('text') key: string;
  @Exposed(() => String) @Column('text') name: string;
  @Exposed(() => String, { nullable: true }) @Column('text', { nullable: true }) description: string | null;
  @Exposed(() => SegmentStatus) @Column('text') status: SegmentStatus;
  @Exposed(() => Int) @Column('int') version: number;
  /** As it was sent, read only through `checkRule`; null: a hand-picked list. */
  @Column('jsonb', { nullable: true }) rule: unknown;
  /** The version at which the rule was last changed. */
  @Column('int', { nullable: true }) ruleVersion: number | null;
  /** The set of membership rows that are its members now; null while it has none. */
  @Column('uuid', { nullable: true }) generationId: string | null;
  /** Why it was paused by the system, in both languages. */
  @Column('jsonb', { nullable: true }) problem: Sentence | null;
  /** Where it is put among the others; null: outside of all folders. */
  @Exposed(() => String, { nullable: true }) @Column('text', { nullable: true }) folder: string | null;
  @Exposed(() => [String]) @Column('text', { array: true }) tags: string[];
  /** The id of the user who looks after it. */
  @Column('uuid', { nullable: true }) ownerId: string | null;
  @Column('timestamptz') createdAt: string;
  /** Set when it was deleted: history keeps its key and name. */
  @Column('timestamptz', { nullable: true }) deletedAt: string | null;
}

/** One state of the rule of a segment. */
@ObjectType()
@Entity()
export class SegmentVersion {
  @PrimaryColumn('uuid') segmentId: string;
  /** The version of the segment at which this rule was saved. */
  @Exposed(() => Int) @PrimaryColumn('int') number: number;
  @Exposed(() => RuleScalar) @Column('jsonb') rule: unknown;
  /** The keys of the fields that the rule reads. */
  @Column('text', { array: true }) reads: string[];
  @Exposed(() => Date) @Column('timestamptz') savedAt: string;
  @Column('uuid', { nullable: true }) savedBy: string | null;
}

/** A segment as it is sent: creates without id; with id, what is not given stays. */
@InputType()
export class SegmentInput {
  @Exposed(() => ID, { nullable: true }) id?: string | null;
  @Exposed(() => Int, { nullable: true }) version?: number | null;
  @Exposed(() => ID, { nullable: true }) key?: string | null;
  @Exposed(() => String) name: string;
  @Exposed(() => String, { nullable: true }) description?: string | null;
  @Exposed(() => RuleScalar, { nullable: true }) rule?: unknown;
  @Exposed(() => String, { nullable: true }) folder?: string | null;
  @Exposed(() => [String], { nullable: true }) tags?: string[] | null;
  @Exposed(() => ID, { nullable: true, description: 'Of a new segment: whoever makes it, if not given.' })
  ownerId?: string | null;
}
