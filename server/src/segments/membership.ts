import { Field as Exposed, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

/** Whether a customer came into a segment or went out of it. */
export const ChangeKind = { ENTERED: 'ENTERED', LEFT: 'LEFT' } as const;
/** One of the two ways to move. */
export type ChangeKind = keyof typeof ChangeKind;
registerEnumType(ChangeKind, { name: 'ChangeKind' });

/** What made a customer enter or leave. */
export const ChangeCause = { SAVE: 'SAVE', EVENT: 'EVENT', RULE: 'RULE', TIME: 'TIME' } as const;
/** One of the causes. */
export type ChangeCause = keyof typeof ChangeCause;
registerEnumType(ChangeCause, { name: 'ChangeCause' });

/** That a customer is in a segment; the segment itself is added by its resolver. */
@ObjectType()
export class Membership {
  segmentId: string;
  @Exposed(() => Date) since: string;
}

/** That a customer entered or left a segment. */
@ObjectType()
export class MembershipChange {
  segmentId: string;
  @Exposed(() => ChangeKind) kind: ChangeKind;
  @Exposed(() => Date) at: string;
  @Exposed(() => ChangeCause) cause: ChangeCause;
  @Exposed(() => Int, { nullable: true }) ruleVersion: number | null;
  @Exposed(() => Date, { nullable: true, description: 'When it was due, where time alone was the cause.' })
  dueAt: string | null;
  @Exposed(() => ID, { nullable: true, description: 'The last of the events that were the cause.' })
  eventId: string | null;
}
