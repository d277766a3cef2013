import { eventsKey, fieldTypes, type Value } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { sensitiveValues } from '../access-log/sensitive-values.ts';
import { rightsOf, type Rights } from '../access/gate.ts';
import { maskedValue } from '../access/mask.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue, type FieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { fieldsEverRead, unreadableByRole } from '../fields/restriction.ts';
import { rightsOnCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { isUuid } from '../platform/uuid.ts';
import type { AuditEntry } from './audit-entry.ts';

type Changes = AuditEntry['changes'];

/** What was done, as it was recorded. */
export type StoredEntry = Omit<AuditEntry, 'read'>;

/** What a viewer may see of an entry, and what is to be noted before that. */
type ShownEntry = Pick<AuditEntry, 'changes' | 'read'>;

/** Something was changed, and the viewer may not know what. */
const restricted: Changes = { restricted: true };

/** What a viewer may know, to judge what entries tell. */
interface Knowing {
  readonly rights: Rights;
  readonly catalogue: FieldCatalogue;
  /** Whether some role reads every field, so that no rule is closed to the viewer. */
  readonly readsAll: boolean;
  /** Whether one role reads every field of every customer: two that each do half of it do not add up. */
  readonly seesAll: boolean;
  /** Whether the viewer may know how many customers something was done with, and by what they were chosen, also beyond every scope. */
  knowsOfWhom(entry: StoredEntry): boolean;
  onCustomer(id: string): Rights | undefined;
  everReadBy(segmentId: string): Iterable<string>;
}

/** What is shown of the changes of each kind of target. A kind that is not listed is not shown. */
const shownByKind: Readonly<Record<string, (id: string, entry: StoredEntry, knowing: Knowing) => Changes>> = {
  customer: (id, { action, changes }, knowing) => {
    const { onCustomer, catalogue } = knowing;
    const rights = onCustomer(id);
    if (!rights) return restricted;
    if (action.startsWith('event.')) return rights.may(eventsKey, 'read') ? changes : restricted;
    if (action === 'auditLog.exported') return shownSearch(changes, knowing);
    return shownValues(changes, rights, catalogue);
  },
  // What was exported of it may be narrowed by anything.
  segment: (id, entry, { rights, knowsOfWhom, everReadBy }) =>
    rights.mayAll(everReadBy(id), 'filter') && (entry.action !== 'customers.exported' || knowsOfWhom(entry))
      ? entry.changes
      : restricted,
  field: (_, entry, { rights, readsAll, knowsOfWhom }) => {
    const { access, converted, setAside, ...settings } = readsAll ? entry.changes : withoutRules(entry.changes);
    return {
      ...settings,
      ...(access !== undefined && rights.has('MANAGE_ROLES') && { access }),
      ...(converted !== undefined && knowsOfWhom(entry) && { converted, setAside }),
    };
  },
  fields: (_, { changes }, { readsAll }) => (readsAll ? changes : restricted),
  eventType: (_, { changes }, { rights }) => (rights.may(eventsKey, 'read') ? changes : restricted),
  role: (_, { changes }, { rights, readsAll }) => (rights.has('MANAGE_ROLES') && readsAll ? changes : restricted),
  user: (_, { changes }, { rights }) => (rights.has('MANAGE_USERS') ? changes : restricted),
  retention: (_, entry, { rights, readsAll, knowsOfWhom }) =>
    rights.has('ERASE_CUSTOMERS') && readsAll && (entry.action !== 'retention.run' || knowsOfWhom(entry))
      ? entry.changes
      : restricted,
  // Its layout and rules may name any field.
  form: (_, { changes }, { readsAll }) => (readsAll ? changes : restricted),
  submission: (_, { changes }, { seesAll }) => (seesAll ? changes : restricted),
  auditLog: (_, { changes }, knowing) => shownSearch(changes, knowing),
  email: (_, { changes }) => changes,
  job: (_, entry, { knowsOfWhom }) => (knowsOfWhom(entry) ? entry.changes : { kind: entry.changes['kind'] }),
  customers: (_, entry, { knowsOfWhom }) => (knowsOfWhom(entry) ? entry.changes : restricted),
};

/** Makes what a viewer may see of what these entries changed. */
export async function shownChanges(
  tx: Transactional<Context>,
  entries: readonly StoredEntry[],
): Promise<(entry: StoredEntry) => ShownEntry> {
  const idsOf = (kind: string) => [
    ...new Set(
      entries.map(({ target }) => partsOf(target)).flatMap((of) => (of.kind === kind && isUuid(of.id) ? of.id : [])),
    ),
  ];
  const onCustomer = await rightsOnCustomers(tx, idsOf('customer'));
  const everRead = await fieldsEverRead(tx, idsOf('segment'));
  const knowing: Knowing = {
    ...(await knowingAll(tx)),
    catalogue: await kept(tx, fieldCatalogue),
    onCustomer,
    everReadBy: (id) => everRead.get(id) ?? [],
  };
  const sensitiveIn = await sensitiveValues(tx);
  return (entry) => {
    const { kind, id } = partsOf(entry.target);
    const show = Object.hasOwn(shownByKind, kind) ? shownByKind[kind] : undefined;
    const changes = show ? show(id, entry, knowing) : restricted;
    const rights = kind === 'customer' && !entry.action.startsWith('event.') ? onCustomer(id) : undefined;
    const fieldKeys = rights ? sensitiveIn(filledIn(changes), rights) : [];
    return { changes, read: { channel: 'audit', customerId: id, fieldKeys } };
  };
}

async function knowingAll(
  tx: Transactional<Context>,
): Promise<Pick<Knowing, 'rights' | 'readsAll' | 'seesAll' | 'knowsOfWhom'>> {
  const rights = await rightsOf(tx);
  const unreadable = await unreadableByRole(tx);
  const reading = rights.held.filter((_, index) => unreadable[index]!.length === 0);
  const seesAll = reading.some(({ role }) => role.rowScope === null);
  // Whoever views as a role is to see what it sees, and not what they did themselves.
  const self = tx.viewer.viewsAs ? null : tx.viewer.user.id;
  const knowsOfWhom = ({ actorId }: StoredEntry) => seesAll || (actorId !== null && actorId === self);
  return { rights, readsAll: reading.length > 0, seesAll, knowsOfWhom };
}

function partsOf(target: string): { kind: string; id: string } {
  const at = target.indexOf(':');
  return { kind: target.slice(0, at), id: target.slice(at + 1) };
}

/** What somebody looked for in the audit log may name anything that stands there: it is for who may see all of it. */
function shownSearch(changes: Changes, { rights, seesAll }: Knowing): Changes {
  return seesAll && rights.has('MANAGE_USERS') ? changes : restricted;
}

function shownValues(changes: Changes, rights: Rights, { byKey }: FieldCatalogue): Changes {
  const shown = Object.entries(changes).flatMap(([key, change]): [string, unknown][] => {
    const access = rights.accessTo(key);
    const field = byKey.get(key);
    if (key === 'owner') return [[key, change]];
    if (!field || access === 'HIDDEN') return [];
    if (access !== 'MASKED') return [[key, change]];
    const { from, to } = change as { readonly from?: Value; readonly to?: Value };
    return [[key, { from: maskedFor(field, from), to: maskedFor(field, to) }]];
  });
  return Object.fromEntries(shown);
}

/** What a field held when it was of another type is told by its present mask only where it could hold that now, else as little as of long text. */
function maskedFor(field: Field, value: Value | undefined): string | null {
  if (value === null || value === undefined) return null;
  const isOfType = fieldTypes[field.type].accept(value, { ...field, validation: {} }, checkTools).ok;
  return maskedValue(isOfType ? field.type : 'LONG_TEXT', value);
}

/** A value of each field that was changed: the one before, or the one after where there was none. */
function filledIn(changes: Changes): Readonly<Record<string, unknown>> {
  type Change = { readonly from?: unknown; readonly to?: unknown } | null;
  const filled = Object.entries(changes).map(([key, change]) => {
    const { from, to } = (change as Change) ?? {};
    return [key, from ?? to];
  });
  return Object.fromEntries(filled);
}

/** The settings of a field without the rules among them, which may read what is hidden. */
function withoutRules(changes: Changes): Changes {
  const without = (settings: unknown) => {
    if (typeof settings !== 'object' || settings === null) return settings;
    return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'formula' && name !== 'validation'));
  };
  const outer = without(changes) as Changes;
  return Object.fromEntries(
    Object.entries(outer).map(([name, part]) => [name, ['from', 'to'].includes(name) ? without(part) : part]),
  );
}
