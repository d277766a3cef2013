import {
  catalogueOf,
  holders,
  type Catalogue,
  type FieldDefinition,
  type FieldType,
  type FieldValidation,
  type FieldValueType,
  type Reader,
  type Rule,
} from '@kequn/rules';
import { defineStore } from 'pinia';
import { computed, ref, watch, watchEffect } from 'vue';
import {
  FieldsDocument,
  SegmentKeysDocument,
  type FieldPartsFragment,
  type JobPartsFragment,
} from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';
import { useEventTypes } from '../events/event-types.ts';
import { locale } from '../i18n/locale.ts';
import { useRegions } from '../field-kit/regions.ts';
import { useColleagues } from '../session/colleagues.ts';

/** A field of the catalogue with what the server alone knows of it. */
export interface CatalogueField extends FieldDefinition {
  readonly version: number;
  readonly sensitive: boolean;
  readonly help: string;
  readonly system: boolean;
  readonly writable: boolean;
  readonly readable: boolean;
  /** What computes it; null where people enter it, where the formula is not open to the viewer, and until everybody has values of it. */
  readonly formula: Rule;
  /** That what is computed may be read though what it is made of may not. */
  readonly released: boolean;
  /** What is computing it for everybody by another formula, or making it of another type. */
  readonly job: JobPartsFragment | null;
}

/** The server's answer in the terms of the rules; the contract says what its JSON holds. */
export function toCatalogueField(field: FieldPartsFragment): CatalogueField {
  return {
    key: field.key,
    ...typeOf(field),
    label: field.label,
    labels: field.labels as Readonly<Record<string, string>>,
    options: field.options.map((option) => ({ ...option, labels: option.labels as Readonly<Record<string, string>> })),
    validation: field.validation as FieldValidation,
    required: field.required,
    unique: field.unique,
    sensitive: field.sensitive,
    archived: field.archived,
    version: field.version,
    help: field.help ?? '',
    system: field.system,
    writable: field.access === 'WRITE',
    readable: field.access === 'WRITE' || field.access === 'READ',
    formula: field.formula ?? null,
    released: field.released,
    job: field.job ?? null,
  };
}

/** A formula field is worked with as one that holds what is computed; no field holds events. */
function typeOf({ type, valueType }: FieldPartsFragment): { type: FieldType; computed: boolean } {
  if (type !== 'FORMULA') return { type, computed: false };
  return { type: holders[valueType as FieldValueType], computed: true };
}

/** The fields of the customers, as everything in the app reads them. */
export const useCatalogue = defineStore('catalogue', () => {
  const colleagues = useColleagues();
  const regions = useRegions();
  const eventTypes = useEventTypes();
  const { data, ...fields } = useLiveQuery(FieldsDocument, () => ({}));
  const named = useLiveQuery(SegmentKeysDocument, () => ({}));

  /** Archived ones too. */
  const all = computed<readonly CatalogueField[]>(() => data.value?.fields.map(toCatalogueField) ?? []);
  /** What a customer's form and a list of customers have. */
  const live = computed(() => all.value.filter(({ system, archived }) => !system && !archived));
  const byKey = computed<ReadonlyMap<string, CatalogueField>>(
    () => new Map(all.value.map((field) => [field.key, field])),
  );
  /** Name by key of the segments that the viewer may name in a rule. */
  const segments = computed<ReadonlyMap<string, string>>(() => {
    const open =
      named.data.value?.segments.filter(({ restricted, sharedWithMe }) => restricted === null || sharedWithMe) ?? [];
    return new Map(open.map(({ key, name }) => [key, name]));
  });
  /** What rules of a form may name: what is entered there. */
  const forForms = computed<Catalogue>(() =>
    catalogueOf(
      live.value.filter(({ readable }) => readable),
      colleagues.names,
      zone,
      regions.names,
    ),
  );
  /** What rules may name. */
  const forRules = computed<Catalogue>(() => ({
    ...forForms.value,
    events: eventTypes.byKey,
    segments: segments.value,
  }));
  /** What the filter of a list may name: whoever looks on too. */
  const forLists = computed<Catalogue>(() => ({ ...forRules.value, viewer: true }));
  const reader = computed<Reader>(() => ({
    locale: locale.value,
    users: colleagues.names,
    regions: regions.names,
    segments: segments.value,
    timeZone: zone,
  }));
  const asksForRegions = computed(() => live.value.some(({ type }) => type === 'REGION'));
  watchEffect(() => void (asksForRegions.value && regions.load()));
  // Without events or segments fields can still be worked with: what they are is waited for, but a refusal is an answer.
  const isAnswered = computed(
    () =>
      (eventTypes.ready || eventTypes.problem !== undefined) &&
      (named.data.value !== undefined || named.problem.value !== undefined),
  );
  // Only at first: a page that somebody works on stays while names are loaded for a field that is new.
  const waitsForRegions = ref(true);
  const ready = computed(
    () =>
      data.value !== undefined &&
      colleagues.ready &&
      isAnswered.value &&
      (!waitsForRegions.value || !asksForRegions.value || regions.names.size > 0),
  );
  watch(ready, (isReady) => isReady && (waitsForRegions.value = false), { flush: 'sync' });
  const problem = computed(() => fields.problem.value ?? eventTypes.problem ?? named.problem.value);

  function reload(): void {
    fields.reload();
    eventTypes.reload();
    named.reload();
  }

  return { all, live, byKey, forRules, forForms, forLists, reader, ready, problem, reload };
});

/** Instants are entered and shown by the clock of the browser. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
