import { labelOf, type FieldDefinition, type Json } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import type { AuditLogQuery } from '../api/generated/graphql.ts';
import { useEventTypes } from '../events/event-types.ts';
import { useDisplay } from '../field-kit/display.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { ChangedPart } from './changed-parts.ts';
import { useTellSetting } from './told-setting.ts';

/** One thing that was done, as the server tells it. */
export type AuditEntry = AuditLogQuery['auditLog']['nodes'][number];

/** A part of what was changed, in words. */
export interface ToldPart {
  readonly name: string;
  /** Undefined where it is told without what was before. */
  readonly from: string | undefined;
  readonly to: string;
}

/** Tells a part of what an entry says to have been changed. */
export type TellPart = (part: ChangedPart, entry: AuditEntry) => ToldPart;

type Tell = (part: ChangedPart, entry: AuditEntry) => { name: string; tell: (value: Json | undefined) => string };

/** Tells changed parts: values of fields as lists of customers show them, settings by their names. */
export function useToldParts(): ComputedRef<TellPart> {
  const t = useMessages();
  const catalogue = useCatalogue();
  const eventTypes = useEventTypes();
  const display = useDisplay();
  const tellSetting = useTellSetting();

  const ofField = (field: FieldDefinition): ReturnType<Tell> => ({
    name: labelOf(field, locale.value),
    tell: (value) => display.value(value, field) || t.value.audit.nothing,
  });

  const value: Tell = ({ place: [key = ''] }) => {
    const field = catalogue.byKey.get(key);
    return field ? ofField(field) : { name: key, tell: (told) => tellSetting.value('', told) };
  };

  const degree: Tell = ({ place: [key = ''] }) => {
    const field = catalogue.byKey.get(key);
    const name = field ? labelOf(field, locale.value) : key === 'events' ? t.value.access.events : key;
    return { name, tell: (told) => (told ? tellSetting.value('access', told) : t.value.audit.byDefault) };
  };

  const setting: Tell = ({ place }) => {
    const last = place.at(-1) ?? '';
    const name = (t.value.audit.settings as Readonly<Record<string, string>>)[last] ?? last;
    return { name, tell: (told) => tellSetting.value(place[0] === 'validation' && last === 'type' ? '' : last, told) };
  };

  const event: Tell = (part, entry) => {
    const [first, second] = part.place;
    const type = eventTypes.byKey.get(eventTypeOf(entry));
    const property = first === 'properties' && type?.properties.find(({ key }) => key === second);
    if (property) return ofField(property);
    if (first !== 'event') return setting(part, entry);
    return { ...setting(part, entry), tell: () => (type ? labelOf(type, locale.value) : eventTypeOf(entry)) };
  };

  return computed(() => (part, entry) => {
    const { name, tell } = tellerOf(entry.action, { value, degree, event, setting })(part, entry);
    const [from, to] = [part.from === undefined ? undefined : tell(part.from), tell(part.to)];
    // Such as another colour of an option: what is told of it is the same before and after.
    return from === to ? { name, from: undefined, to: t.value.audit.changedInside } : { name, from, to };
  });
}

function tellerOf(action: string, tellers: Readonly<Record<'value' | 'degree' | 'event' | 'setting', Tell>>): Tell {
  if (action.startsWith('customer.')) return tellers.value;
  if (action === 'role.access-changed') return tellers.degree;
  return action.startsWith('event.') ? tellers.event : tellers.setting;
}

function eventTypeOf({ changes }: AuditEntry): string {
  return String((changes as { readonly event?: { readonly type?: string } } | null)?.event?.type ?? '');
}
