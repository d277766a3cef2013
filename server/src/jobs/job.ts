import { Field as Exposed, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Sentence } from '@kequn/rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a job is. */
export const JobStatus = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const;
/** One of the five. */
export type JobStatus = keyof typeof JobStatus;
registerEnumType(JobStatus, { name: 'JobStatus' });

/** Work that takes longer than a call may: shown with its progress, cancelled, gone on with after a crash. */
@ObjectType()
@Entity()
export class Job {
  @Exposed(() => ID) @PrimaryColumn('uuid') id: string;
  @Exposed(() => String) @Column('text') kind: string;
  @Exposed(() => JobStatus) @Column('text') status: JobStatus;
  /** What its kind was asked to do. */
  @Column('jsonb') input: unknown;
  /** Who started it, and by whose rights it runs; null: the system. */
  @Column('uuid', { nullable: true }) ownerId: string | null;
  @Exposed(() => Int) @Column('int') done: number;
  @Exposed(() => Int, { nullable: true }) @Column('int', { nullable: true }) total: number | null;
  /** Where it goes on after a crash. */
  @Column('jsonb', { nullable: true }) cursor: unknown;
  /** What came of it so far; sentences in it stand in both languages. */
  @Column('jsonb', { nullable: true }) result: unknown;
  @Column('jsonb', { nullable: true }) error: Sentence | null;
  /** Whether it has come to where there is no way back: it cannot be cancelled. */
  @Column('bool') decided: boolean;
  /** Whether everybody may see how far it is, and not only who started it. */
  @Column('bool') shared: boolean;
  @Exposed(() => Date) @Column('timestamptz') createdAt: string;
  @Exposed(() => Date, { nullable: true }) @Column('timestamptz', { nullable: true }) finishedAt: string | null;
}
