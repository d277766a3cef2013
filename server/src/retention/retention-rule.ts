import { Field as Exposed, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Sentence } from '@kequn/rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RuleScalar } from '../platform/graphql/scalars.ts';

/** How long after a run the next one is due. */
export const RUN_EVERY_MS = 24 * 3_600_000;

/** A rule that says which customers are no longer to be kept: while it is active they are erased once a day. */
@ObjectType()
@Entity()
export class RetentionRule {
  @Exposed(() => ID) @PrimaryColumn('uuid') id: string;
  @Exposed(() => String) @Column('text') name: string;
  /** As it was sent, read only through `checkRule`. */
  @Column('jsonb') rule: unknown;
  @Exposed(() => Int) @Column('int') version: number;
  @Exposed(() => Boolean) @Column('boolean') active: boolean;
  /** By whose rights its runs erase; null until it is activated for the first time. */
  @Column('uuid', { nullable: true }) activatedBy: string | null;
  @Exposed(() => Date, { nullable: true }) @Column('timestamptz', { nullable: true }) activatedAt: string | null;
  /** The state, when it was activated, of the segments and formulas that it goes by. */
  @Column('text', { nullable: true }) basis: string | null;
  @Exposed(() => Date, { nullable: true }) @Column('timestamptz', { nullable: true }) lastRunAt: string | null;
  /** The job of the last run. */
  @Column('uuid', { nullable: true }) lastJobId: string | null;
  /** Why it was paused by the system, in both languages. */
  @Column('jsonb', { nullable: true }) problem: Sentence | null;
  @Column('timestamptz') createdAt: string;
}

/** When a rule is due next; null while it is not active. A moment that has passed: at once. */
export function nextRunOf({ active, activatedAt, lastRunAt }: RetentionRule): string | null {
  if (!active) return null;
  if (lastRunAt === null) return activatedAt;
  const due = new Date(Date.parse(lastRunAt) + RUN_EVERY_MS).toISOString();
  return activatedAt !== null && Date.parse(activatedAt) > Date.parse(due) ? activatedAt : due;
}

/** A retention rule as it is sent: creates without id. */
@InputType()
export class RetentionRuleInput {
  @Exposed(() => ID, { nullable: true }) id?: string | null;
  @Exposed(() => Int, { nullable: true }) version?: number | null;
  @Exposed(() => String) name: string;
  @Exposed(() => RuleScalar) rule: unknown;
}
