import { Field as Exposed, ID, InputType, ObjectType, PickType } from '@nestjs/graphql';
import type { FieldDefinition } from '@kequn/rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Field } from '../fields/field.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import type { Kept } from '../platform/rule-set.ts';

/** What an event of a type tells besides its instant and amount. */
@ObjectType()
export class EventProperty extends PickType(Field, ['key', 'type'] as const) {
  @Exposed(() => String) label: string;
}

/** Something that customers do, such as to order; only ever added. */
@ObjectType()
@Entity()
export class EventType {
  @Exposed(() => ID) @PrimaryColumn('text') key: string;
  @Column('text') label: string;
  @Exposed(() => JsonScalar, { description: 'Label per BCP 47 tag.' }) @Column('jsonb') labels: Record<string, string>;
  @Exposed(() => [EventProperty]) @Column('jsonb') properties: EventProperty[];
  @Column('int') version: number;
}

/** A property as it is sent. */
@InputType()
export class EventPropertyInput extends PickType(Field, ['key', 'type'] as const, InputType) {
  @Exposed(() => String) label: string;
}

/** An event type as it is sent: a new key makes one; of a known one, what is not given stays. */
@InputType()
export class EventTypeInput {
  @Exposed(() => ID) key: string;
  @Exposed(() => String) label: string;
  @Exposed(() => JsonScalar, { nullable: true }) labels?: unknown;
  @Exposed(() => [EventPropertyInput], { nullable: true }) properties?: EventPropertyInput[] | null;
}

/** Every event type by key, in the order of keys. */
export const eventTypes: Kept<ReadonlyMap<string, EventType>> = {
  name: 'event types',
  async load({ manager }) {
    const types = await manager.find(EventType, { order: { key: 'ASC' } });
    return new Map(types.map((type) => [type.key, type]));
  },
};

/** The field that a property would be: what its values are checked by. */
export function asField({ key, type, label }: EventProperty): FieldDefinition {
  return { key, type, label, labels: {}, options: [], validation: {}, required: false, unique: false, archived: false };
}
