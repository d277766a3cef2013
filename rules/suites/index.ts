import { withEvents, withSegments, type Row, type Rule, type Sentence } from '../src/index.ts';
import arithmetic from './arithmetic.json' with { type: 'json' };
import choosing from './choosing.json' with { type: 'json' };
import behaviour from './behaviour.json' with { type: 'json' };
import equality from './equality.json' with { type: 'json' };
import having from './having.json' with { type: 'json' };
import inList from './in.json' with { type: 'json' };
import joining from './joining.json' with { type: 'json' };
import membership from './membership.json' with { type: 'json' };
import moving from './moving.json' with { type: 'json' };
import ordering from './ordering.json' with { type: 'json' };
import region from './region.json' with { type: 'json' };
import rounding from './rounding.json' with { type: 'json' };
import shaping from './shaping.json' with { type: 'json' };
import text from './text.json' with { type: 'json' };
import time from './time.json' with { type: 'json' };
import viewer from './viewer.json' with { type: 'json' };
import { suiteFields } from './catalogue.ts';

export * from './arbitrary-customers.ts';
export * from './arbitrary-forms.ts';
export * from './arbitrary-rules.ts';
export * from './catalogue.ts';

/** One rule, what it answers on some rows, and how it reads. Every back end runs all of them. */
export interface SuiteCase {
  readonly rule: Rule;
  readonly says?: Sentence;
  /** Rows name only what is not empty. */
  readonly rows: readonly (readonly [row: Row, verdict: boolean])[];
}

/** All cases, by the file they stand in. */
export const suites = {
  equality,
  ordering,
  joining,
  in: inList,
  text,
  shaping,
  having,
  region,
  arithmetic,
  rounding,
  time,
  moving,
  choosing,
  behaviour,
  membership,
  viewer,
} as unknown as Readonly<Record<string, readonly SuiteCase[]>>;

const emptyRow: Row = withSegments(
  withEvents(
    Object.fromEntries(
      [...suiteFields.map(({ key }) => key), 'created_at', 'updated_at', 'owner'].map((key) => [key, null]),
    ),
    {},
  ),
  [],
);

/** A row with every key present, as back ends ask for; what was done, and the segments, stand in it as they do in a portable row. */
export function fullRow(row: Row): Row {
  return { ...emptyRow, ...row };
}
