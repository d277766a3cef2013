import { labelOf, type Json } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { SegmentKeysDocument } from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';
import { useEventTypes } from '../events/event-types.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { useColleagues } from '../session/colleagues.ts';
import { useSession } from '../session/session.ts';
import { useRoleNames } from '../users/role-names.ts';
import type { AuditEntry } from './told-changes.ts';

/** On what something was done: in words, and where it is found. */
export interface ToldTarget {
  readonly text: string;
  readonly to?: RouteLocationRaw | undefined;
}

/** Tells targets; undefined of those that name nothing beyond what was done. */
export function useToldTarget(): ComputedRef<(entry: AuditEntry) => ToldTarget | undefined> {
  const t = useMessages();
  const session = useSession();
  const catalogue = useCatalogue();
  const eventTypes = useEventTypes();
  const colleagues = useColleagues();
  const roles = useRoleNames();
  const listed = useLiveQuery(SegmentKeysDocument, () => ({}));
  const segments = computed(() => new Map(listed.data.value?.segments.map(({ id, name }) => [id, name])));

  const told: Readonly<Record<string, (id: string, entry: AuditEntry) => ToldTarget>> = {
    customer: (id, { action }) => ({
      text: t.value.audit.customer(ending(id)),
      to: action === 'customer.erased' ? undefined : { name: 'customer', params: { id } },
    }),
    segment: (id, entry) => {
      const name = segments.value.get(id);
      return {
        text: t.value.audit.segment(name ?? nameIn(entry) ?? ending(id)),
        to: name === undefined ? undefined : { name: 'segment', params: { id } },
      };
    },
    field: (key) => {
      const field = catalogue.byKey.get(key);
      const query = session.may('MANAGE_FIELDS') ? { edit: key } : { search: key };
      return {
        text: t.value.audit.field(field ? labelOf(field, locale.value) : key),
        to: field && { name: 'fields', query },
      };
    },
    user: (id, entry) => ({
      text: t.value.audit.user(colleagues.names.get(id) ?? nameIn(entry) ?? ending(id)),
      to: session.may('MANAGE_USERS') ? { name: 'users', query: { edit: id } } : undefined,
    }),
    role: (id, entry) => ({ text: t.value.audit.role(roles.names.get(id) ?? nameIn(entry) ?? ending(id)) }),
    eventType: (key) => {
      const type = eventTypes.byKey.get(key);
      const to = type && session.may('MANAGE_FIELDS') ? { name: 'event-types', query: { edit: key } } : undefined;
      return { text: t.value.audit.eventType(type ? labelOf(type, locale.value) : key), to };
    },
    form: (id, entry) => ({
      text: t.value.audit.form(nameIn(entry) ?? ending(id)),
      to: entry.action === 'form.deleted' ? undefined : { name: 'form', params: { id } },
    }),
    submission: (id) => ({ text: t.value.audit.submission(ending(id)) }),
    retention: (id, entry) => ({
      text: t.value.audit.retention(nameIn(entry) ?? ending(id)),
      to: session.may('ERASE_CUSTOMERS') ? { name: 'privacy', query: { edit: id } } : undefined,
    }),
    job: (id) => ({ text: t.value.audit.job(ending(id)) }),
    email: (email) => ({ text: t.value.audit.email(email) }),
  };

  return computed(() => (entry) => {
    const at = entry.target.indexOf(':');
    const [kind, id] = [entry.target.slice(0, at), entry.target.slice(at + 1)];
    if (id === '') return undefined;
    return Object.hasOwn(told, kind) ? told[kind]?.(id, entry) : { text: entry.target };
  });
}

/** Ids differ most at their end. */
function ending(id: string): string {
  return id.slice(-6);
}

/** The name that something had when it was changed: what is gone is known by it. */
function nameIn({ changes }: AuditEntry): string | undefined {
  type Named = { readonly name?: Json; readonly to?: Named | null; readonly from?: Named | null };
  const { to, from, name } = (changes ?? {}) as Named;
  const found = to?.name ?? from?.name ?? name;
  return typeof found === 'string' ? found : undefined;
}
