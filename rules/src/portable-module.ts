import type { Catalogue } from './catalogue.ts';
import { withEvents, type EventsByType } from './events.ts';
import type { Row } from './json.ts';
import { withSegments } from './memberships.ts';

export { momentAt, type Moment } from './moment.ts';
export { conditionToPortable as ruleToPortable } from './portable.ts';
export { portableOperations, type PortableOperation } from './portable-operations.ts';

/** What a customer did, and the keys of the segments that the customer is in. */
export interface BesidesFields {
  readonly events?: EventsByType;
  readonly segments?: readonly string[];
}

/**
 * The row on which a portable rule is to be run: every field of the catalogue, `null` where it is empty, and what else rules ask about.
 * Values are in their normal form: times in UTC with milliseconds, events in the order of time.
 */
export function portableRow(
  values: Row,
  { fields }: Catalogue,
  { events = {}, segments = [] }: BesidesFields = {},
): Row {
  const row = Object.fromEntries([...fields.keys()].map((key) => [key, values[key] ?? null]));
  return withSegments(withEvents(row, events), segments);
}
