import type { FieldAccess } from '../../server/src/access/role.ts';
import type { Channel, Outcome } from './channels.ts';
import { computedOf, type RoleSketch } from './shapes.ts';

/**
 * What roles should give, said anew and without the server's code: a role counts on the customers in its scope. What is shown and written is
 * the widest of the roles that count on a customer; what is found out by using a field is limited to the customers of roles that read it.
 */
export interface Question {
  readonly roles: readonly RoleSketch[];
  /** The key of the field, or of that of which the asked one is computed. */
  readonly key: string;
  readonly computed: boolean;
  /** Where the customer lives. */
  readonly city: string;
}

const degrees: readonly FieldAccess[] = ['HIDDEN', 'MASKED', 'READ', 'WRITE'];

function accessBy(role: RoleSketch, { key, computed }: Question): FieldAccess {
  const of = (field: string) => role.entries[field] ?? role.defaultAccess;
  if (!computed) return of(key);
  // A computed field is never written, and as hidden as what it is computed of.
  return degrees[Math.min(2, degrees.indexOf(of(key)), degrees.indexOf(of(computedOf(key))))]!;
}

function widest(roles: readonly RoleSketch[], question: Question): FieldAccess {
  return degrees[Math.max(0, ...roles.map((role) => degrees.indexOf(accessBy(role, question))))]!;
}

function countsOn({ rowScope }: RoleSketch, city: string): boolean {
  return rowScope === undefined || rowScope.city === city;
}

const shownAs = { HIDDEN: 'absent', MASKED: 'masked', READ: 'open', WRITE: 'open' } as const;

/** What a channel should answer. */
export function expectedOutcome(channel: Channel, question: Question): Outcome {
  const { roles, computed, city } = question;
  const counting = roles.filter((role) => countsOn(role, city));
  const everywhere = widest(roles, question);
  const here = widest(counting, question);
  const readers = roles.filter((role) => degrees.indexOf(accessBy(role, question)) >= 2);
  const isReadHere = readers.some((role) => counting.includes(role));
  switch (channel.kind) {
    case 'show':
      return shownAs[here];
    case 'show of nobody':
      return shownAs[
        widest(
          roles.filter(({ rowScope }) => rowScope === undefined),
          { ...question, computed: false },
        )
      ];
    case 'find':
      return isReadHere ? 'open' : 'absent';
    case 'leave out':
      return readers.length > 0 ? 'open' : 'absent';
    case 'use':
      if (readers.length === 0) return everywhere === 'HIDDEN' ? 'unknown' : 'forbidden';
      return isReadHere ? 'open' : (ofOthers[channel.name] ?? 'open');
    case 'write':
      // Over a selection the values are judged by all roles at first, and customer by customer as its turn comes.
      return written(channel.name === 'updateCustomers' ? everywhere : here, computed);
  }
}

/** Where the field is read of other customers only: it is used, and finds nothing out of this one. */
const ofOthers: Readonly<Record<string, Outcome>> = {
  filter: 'absent',
  'filter(answers)': 'absent',
  'exports(filtered answers)': 'absent',
  sort: 'absent',
  previewRule: 'absent',
  explain: 'unknown',
  'exports(columns)': 'absent',
};

function written(access: FieldAccess, computed: boolean): Outcome {
  if (access === 'HIDDEN') return 'unknown';
  if (computed) return 'read-only';
  return access === 'WRITE' ? 'done' : 'forbidden';
}
