import { catalogueOf, type Catalogue, type FieldDefinition, type FieldValidation, type Reader } from '@kequn/rules';
import { defineStore } from 'pinia';
import { computed, watchEffect } from 'vue';
import { FieldsDocument, type FieldPartsFragment } from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';
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
}

/** The server's answer in the terms of the rules; the contract says what its JSON holds. */
function toCatalogueField(field: FieldPartsFragment): CatalogueField {
  return {
    key: field.key,
    type: field.type,
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
  };
}

/** The fields of the customers, as everything in the app reads them. */
export const useCatalogue = defineStore('catalogue', () => {
  const colleagues = useColleagues();
  const regions = useRegions();
  const { data, problem, reload } = useLiveQuery(FieldsDocument, () => ({}));

  /** Archived ones too. */
  const all = computed<readonly CatalogueField[]>(() => data.value?.fields.map(toCatalogueField) ?? []);
  /** What a customer's form and a list of customers have. */
  const live = computed(() => all.value.filter(({ system, archived }) => !system && !archived));
  const byKey = computed<ReadonlyMap<string, CatalogueField>>(
    () => new Map(all.value.map((field) => [field.key, field])),
  );
  /** What rules may name. */
  const forRules = computed<Catalogue>(() =>
    catalogueOf(
      live.value.filter(({ readable }) => readable),
      colleagues.names,
      zone,
      regions.names,
    ),
  );
  const reader = computed<Reader>(() => ({
    locale: locale.value,
    users: colleagues.names,
    regions: regions.names,
    timeZone: zone,
  }));
  const asksForRegions = computed(() => live.value.some(({ type }) => type === 'REGION'));
  watchEffect(() => void (asksForRegions.value && regions.load()));
  const ready = computed(
    () => data.value !== undefined && colleagues.ready && (!asksForRegions.value || regions.names.size > 0),
  );

  return { all, live, byKey, forRules, reader, ready, problem, reload };
});

/** Instants are entered and shown by the clock of the browser. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
