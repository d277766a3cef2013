import type { EventTypeDefinition } from './events.ts';
import type { FieldDefinition } from './fields/field-definition.ts';
import { systemFields } from './fields/system-fields.ts';

/** What a rule may name, and what is needed to say it in words. */
export interface Catalogue {
  /** Every field that rules may read, system fields too, by key. */
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  /** Name by user id. */
  readonly users: ReadonlyMap<string, string>;
  /** Full name by six-digit code of a division. */
  readonly regions: ReadonlyMap<string, string>;
  /** IANA name of the organisation's zone. */
  readonly timeZone: string;
  /** The kinds of events by key; undefined where rules may not ask what customers did. */
  readonly events?: ReadonlyMap<string, EventTypeDefinition> | undefined;
  /** Name by key of the segments; undefined where rules may not ask for membership. */
  readonly segments?: ReadonlyMap<string, string> | undefined;
  /** That rules may ask who looks on; undefined where nobody does. */
  readonly viewer?: true | undefined;
}

/** Makes a catalogue of the live fields among those given; the system fields are added. */
export function catalogueOf(
  fields: readonly FieldDefinition[],
  users: ReadonlyMap<string, string> = new Map(),
  timeZone = 'Asia/Shanghai',
  regions: ReadonlyMap<string, string> = new Map(),
): Catalogue {
  const live = [...systemFields, ...fields.filter((field) => !field.archived)];
  return { fields: new Map(live.map((field) => [field.key, field])), users, regions, timeZone };
}
