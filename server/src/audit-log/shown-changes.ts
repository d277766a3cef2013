import { eventsKey, type Value } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import { maskedValue } from '../access/mask.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue, type FieldCatalogue } from '../fields/catalogue.ts';
import { fieldsEverRead, unreadableByRole } from '../fields/restriction.ts';
import { rightsOnCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { isUuid } from '../platform/uuid.ts';
import type { AuditEntry } from './audit-entry.ts';

type Changes = AuditEntry['changes'];

/** Something was changed, and the viewer may not know what. */
const restricted: Changes = { restricted: true };

/** What a viewer may know, to judge what entries tell. */
interface Knowing {
  readonly rights: Rights;
  readonly catalogue: FieldCatalogue;
  /** Whether some role reads every field, so that no rule is closed to the viewer. */
  readonly readsAll: boolean;
  onCustomer(id: string): Rights | undefined;
  everReadBy(segmentId: string): Iterable<string>;
}

/** What is shown of the changes of each kind of target. A kind that is not listed is not shown. */
const shownByKind: Readonly<Record<string, (id: string, entry: AuditEntry, knowing: Knowing) => Changes>> = {
  customer: (id, { action, changes }, { onCustomer, catalogue }) => {
    const rights = onCustomer(id);
    if (!rights) return restricted;
    if (action.startsWith('event.')) return rights.may(eventsKey, 'read') ? changes : restricted;
    return shownValues(changes, rights, catalogue);
  },
  // What was exported of it may be narrowed by anything.
  segment: (id, { action, changes }, { rights, readsAll, everReadBy }) =>
    rights.mayAll(everReadBy(id), 'filter') && (readsAll || action !== 'customers.exported') ? changes : restricted,
  field: (_, { changes }, { rights, readsAll }) => {
    const { access, ...settings } = readsAll ? changes : withoutRules(changes);
    return access === undefined || !rights.has('MANAGE_ROLES') ? settings : { ...settings, access };
  },
  fields: (_, { changes }, { readsAll }) => (readsAll ? changes : restricted),
  eventType: (_, { changes }, { rights }) => (rights.may(eventsKey, 'read') ? changes : restricted),
  role: (_, { changes }, { rights, readsAll }) => (rights.has('MANAGE_ROLES') && readsAll ? changes : restricted),
  user: (_, { changes }, { rights }) => (rights.has('MANAGE_USERS') ? changes : restricted),
  email: (_, { changes }) => changes,
  job: (_, { changes }) => changes,
  customers: (_, { changes }, { readsAll }) => (readsAll ? changes : restricted),
};

/** Makes what a viewer may see of what these entries changed. */
export async function shownChanges(
  tx: Transactional<Context>,
  entries: readonly AuditEntry[],
): Promise<(entry: AuditEntry) => Changes> {
  const idsOf = (kind: string) => [
    ...new Set(
      entries.map(({ target }) => partsOf(target)).flatMap((of) => (of.kind === kind && isUuid(of.id) ? of.id : [])),
    ),
  ];
  const onCustomer = await rightsOnCustomers(tx, idsOf('customer'));
  const everRead = await fieldsEverRead(tx, idsOf('segment'));
  const knowing: Knowing = {
    rights: await rightsOf(tx),
    catalogue: await kept(tx, fieldCatalogue),
    readsAll: (await unreadableByRole(tx)).some((keys) => keys.length === 0),
    onCustomer,
    everReadBy: (id) => everRead.get(id) ?? [],
  };
  return (entry) => {
    const { kind, id } = partsOf(entry.target);
    const show = Object.hasOwn(shownByKind, kind) ? shownByKind[kind] : undefined;
    return show ? show(id, entry, knowing) : restricted;
  };
}

function partsOf(target: string): { kind: string; id: string } {
  const at = target.indexOf(':');
  return { kind: target.slice(0, at), id: target.slice(at + 1) };
}

function shownValues(changes: Changes, rights: Rights, { byKey }: FieldCatalogue): Changes {
  const shown = Object.entries(changes).flatMap(([key, change]): [string, unknown][] => {
    const access = rights.accessTo(key);
    const field = byKey.get(key);
    if (key === 'owner') return [[key, change]];
    if (!field || access === 'HIDDEN') return [];
    if (access !== 'MASKED') return [[key, change]];
    const { from, to } = change as { readonly from?: Value; readonly to?: Value };
    return [[key, { from: maskedValue(field.type, from), to: maskedValue(field.type, to) }]];
  });
  return Object.fromEntries(shown);
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
