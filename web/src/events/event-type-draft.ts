import { fieldTypes, isFieldKey, type FieldType } from '@kequn/rules';
import type { EventTypeInput } from '../api/generated/graphql.ts';
import { freeKey, slug } from '../field-kit/slug.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import type { EventType } from './event-types.ts';

/** Something told of each event of a type, while the type is edited. */
export interface PropertyDraft {
  /** Stays the same while everything else is typed anew. */
  readonly id: string;
  readonly exists: boolean;
  /** One that exists stays on screen until the server has agreed that it may go. */
  readonly removed: boolean;
  readonly key: string;
  /** The key follows the name until it was typed, or the property exists. */
  readonly keyIsOwn: boolean;
  readonly type: FieldType;
  readonly label: string;
}

/** An event type while it is made or changed. */
export interface EventTypeDraft {
  readonly exists: boolean;
  readonly key: string;
  readonly keyIsOwn: boolean;
  readonly labelZh: string;
  readonly labelEn: string;
  readonly properties: readonly PropertyDraft[];
}

/** What is wrong with a draft, by place; properties are counted as they are sent. */
export type EventTypeIssues = Readonly<Record<string, readonly string[]>>;

/** What a property can be: there are no options to choose among, and a file is a customer's. */
export const propertyTypes = (Object.keys(fieldTypes) as FieldType[]).filter((type) => {
  const { valueType } = fieldTypes[type];
  return type !== 'FILE' && valueType !== 'OPTION' && valueType !== 'OPTIONS';
});

/** What an event tells whatever its type is. */
const ownOfEvents = ['at', 'amount', 'type'];

/** An event type that does not exist yet. */
export function newEventTypeDraft(): EventTypeDraft {
  return { exists: false, key: '', keyIsOwn: false, labelZh: '', labelEn: '', properties: [] };
}

/** An event type that exists, to be changed. */
export function eventTypeDraftOf({ key, label, labels, properties }: EventType): EventTypeDraft {
  const named = labels['zh-CN'] !== undefined || labels['en'] !== undefined;
  return {
    exists: true,
    key,
    keyIsOwn: true,
    labelZh: named ? (labels['zh-CN'] ?? '') : label,
    labelEn: labels['en'] ?? '',
    properties: properties.map((property) => ({
      id: property.key,
      exists: true,
      removed: false,
      key: property.key,
      keyIsOwn: true,
      type: property.type,
      label: property.label,
    })),
  };
}

/** The draft with something changed; the key of a new type follows its name. */
export function changeEventTypeDraft(
  draft: EventTypeDraft,
  change: Partial<EventTypeDraft>,
  takenKeys: ReadonlySet<string>,
): EventTypeDraft {
  const next = { ...draft, ...change };
  if (next.keyIsOwn) return next;
  const isNamed = next.labelZh.trim() !== '' || next.labelEn.trim() !== '';
  return { ...next, key: isNamed ? keyOf([next.labelEn, next.labelZh], 'event', takenKeys) : '' };
}

/** The draft with a new, empty property at the end. */
export function addProperty(draft: EventTypeDraft, id: string): EventTypeDraft {
  const added = { id, exists: false, removed: false, key: '', keyIsOwn: false, type: 'TEXT', label: '' } as const;
  return { ...draft, properties: [...draft.properties, added] };
}

/** The draft with one property changed; the key of a new one follows its name. */
export function changeProperty(draft: EventTypeDraft, id: string, change: Partial<PropertyDraft>): EventTypeDraft {
  const others = draft.properties.filter((property) => property.id !== id);
  const taken = new Set([...ownOfEvents, ...others.map(({ key }) => key)]);
  const properties = draft.properties.map((property) => {
    if (property.id !== id) return property;
    const next = { ...property, ...change };
    if (next.keyIsOwn) return next;
    return { ...next, key: next.label.trim() === '' ? '' : keyOf([next.label], 'property', taken) };
  });
  return { ...draft, properties };
}

/** The draft without a property; one that exists is marked, and by a second call kept after all. */
export function removeProperty(draft: EventTypeDraft, id: string): EventTypeDraft {
  const properties = draft.properties
    .filter((property) => property.id !== id || property.exists)
    .map((property) => (property.id === id ? { ...property, removed: !property.removed } : property));
  return { ...draft, properties };
}

/** The properties that the type will have. */
export function keptProperties({ properties }: EventTypeDraft): readonly PropertyDraft[] {
  return properties.filter(({ removed }) => !removed);
}

/** Everything that is wrong with a draft, as far as it can be known here. */
export function checkEventTypeDraft(
  draft: EventTypeDraft,
  takenKeys: ReadonlySet<string>,
  messages: Messages,
): EventTypeIssues {
  const { labelMissing, keyInvalid } = messages.fields;
  const kept = keptProperties(draft);
  const keys = kept.map(({ key }) => key);
  const faults: readonly (readonly [place: string, isWrong: boolean, message: string])[] = [
    ['label', !draft.labelZh.trim() && !draft.labelEn.trim(), labelMissing],
    ['key', isWrongKey(draft), keyInvalid],
    ['key', !draft.exists && takenKeys.has(draft.key), messages.events.keyTaken],
    ...kept.flatMap((property, index) => {
      const { key, label } = property;
      const isWrong = isWrongKey(property) || ownOfEvents.includes(key);
      return [
        [`properties/${index}/label`, label.trim() === '', labelMissing] as const,
        [`properties/${index}/key`, isWrong, keyInvalid] as const,
        [`properties/${index}/key`, key !== '' && keys.indexOf(key) < index, messages.events.propertyKeyTaken] as const,
      ];
    }),
  ];
  const issues: Record<string, string[]> = {};
  for (const [place, isWrong, message] of faults) if (isWrong) (issues[place] ??= []).push(message);
  return issues;
}

/** A key that follows a name is wrong only in that the name is missing, which is told of the name. */
function isWrongKey({ key, keyIsOwn }: Pick<PropertyDraft, 'key' | 'keyIsOwn'>): boolean {
  return keyIsOwn && !isFieldKey(key);
}

/** The draft as it is sent. */
export function eventTypeInputOf(draft: EventTypeDraft): EventTypeInput {
  const [zh, en] = [draft.labelZh.trim(), draft.labelEn.trim()];
  return {
    key: draft.key,
    label: zh || en,
    labels: { ...(zh && { 'zh-CN': zh }), ...(en && { en }) },
    properties: keptProperties(draft).map(({ key, type, label }) => ({ key, type, label: label.trim() })),
  };
}

/** A key out of the first of these names that has Latin letters; names in other scripts get a general one. */
function keyOf(names: readonly string[], general: string, taken: ReadonlySet<string>): string {
  const base = names.map(slug).find((each) => each !== '') ?? general;
  return freeKey(isFieldKey(base) ? base : `${base}_${general}`, taken);
}
