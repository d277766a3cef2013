import type { FieldDefinition, FieldType } from '@kequn/rules';
import { defineStore } from 'pinia';
import { computed, watchEffect } from 'vue';
import { EventTypesDocument, type EventTypePartsFragment } from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';
import { useRegions } from '../field-kit/regions.ts';

/** A kind of thing that customers do, and what is told of each. */
export interface EventType {
  readonly key: string;
  readonly label: string;
  readonly labels: Readonly<Record<string, string>>;
  /** As the fields that they would be: they are entered, checked and written out as fields are. */
  readonly properties: readonly FieldDefinition[];
}

/** A field that stands for something told of an event. */
export function eventField(key: string, type: FieldDefinition['type'], label = ''): FieldDefinition {
  return { key, type, label, labels: {}, options: [], validation: {}, required: false, unique: false, archived: false };
}

function toEventType({ key, label, labels, properties }: EventTypePartsFragment): EventType {
  return {
    key,
    label,
    labels: labels as EventType['labels'],
    // What is told of an event is never computed.
    properties: properties.map(({ key: name, type, label: word }) => eventField(name, type as FieldType, word)),
  };
}

/** What customers can do, as everything in the app reads it; nothing where the viewer may not know of it. */
export const useEventTypes = defineStore('event-types', () => {
  const regions = useRegions();
  const { data, problem, reload } = useLiveQuery(EventTypesDocument, () => ({}));

  const all = computed<readonly EventType[]>(() => data.value?.eventTypes.map(toEventType) ?? []);
  const byKey = computed<ReadonlyMap<string, EventType>>(() => new Map(all.value.map((type) => [type.key, type])));
  const ready = computed(() => data.value !== undefined);
  const asksForRegions = computed(() => all.value.some(({ properties }) => properties.some(isRegion)));
  watchEffect(() => void (asksForRegions.value && regions.load()));

  return { all, byKey, ready, problem, reload };
});

function isRegion({ type }: FieldDefinition): boolean {
  return type === 'REGION';
}
