import { labelOf, type FieldDefinition } from '@kequn/rules';
import { computed, shallowRef, type ComputedRef, type WritableComputedRef } from 'vue';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { calledOptions, decidingValues, type DecidingValue } from './deciding-values.ts';
import { useDesigning } from './designing.ts';
import { placedFields } from './form-tree.ts';
import { canDecide, isOfferedWith, newTable, tick, type OptionTable, type RulesRead } from './option-table.ts';

/** A table of options while it is edited. */
export interface OptionTableEdit {
  /** The fields that may decide: those on the form first. */
  readonly deciders: ComputedRef<readonly { readonly field: FieldDefinition; readonly label: string }[]>;
  readonly decider: ComputedRef<FieldDefinition | undefined>;
  /** Undefined until it is said which field decides. */
  readonly table: WritableComputedRef<OptionTable | undefined>;
  readonly values: ComputedRef<readonly DecidingValue[]>;
  /** The options that the table can offer. */
  readonly options: readonly DecidingValue[];
  /** Those that have rules of another form. */
  readonly own: readonly DecidingValue[];
  /** Those that no rule is about, and those that are ticked nowhere. */
  readonly always: ComputedRef<readonly DecidingValue[]>;
  readonly never: ComputedRef<readonly DecidingValue[]>;
  /** The keys of what is offered with a value. */
  tickedWith(value: string): ReadonlySet<string>;
  decideBy(key: string): void;
  tick(value: string, options: readonly string[], on: boolean): void;
}

/** Edits the table of options of a field; what was ticked by a field is there again when one comes back to it. */
export function useOptionTable(field: FieldDefinition, read: RulesRead): OptionTableEdit {
  const t = useMessages();
  const designing = useDesigning();
  const all = calledOptions(field.options, locale.value);
  const own = all.filter(({ key }) => key in read.others);
  const options = all.filter(({ key }) => !(key in read.others));

  const key = shallowRef(read.table?.decider);
  const tables = shallowRef<ReadonlyMap<string, OptionTable>>(
    new Map(read.table ? [[read.table.decider, read.table]] : []),
  );
  const table = computed({
    get: () => (key.value === undefined ? undefined : tables.value.get(key.value)),
    set: (now) => now && (tables.value = new Map([...tables.value, [now.decider, now]])),
  });
  const decider = computed(() => (key.value === undefined ? undefined : designing.catalogue.fields.get(key.value)));
  const values = computed(() => (decider.value ? decidingValues(decider.value, locale.value, t.value.common) : []));
  const deciders = computed(() => {
    const placed = placedFields(designing.shown);
    const able = [...designing.catalogue.fields.values()].filter((each) => canDecide(each) && each.key !== field.key);
    const told = able.map((each) => {
      const label = labelOf(each, locale.value);
      return { field: each, label: placed.has(each.key) ? label : t.value.optionTable.notOnForm(label) };
    });
    return told.toSorted((a, b) => Number(placed.has(b.field.key)) - Number(placed.has(a.field.key)));
  });

  return {
    deciders,
    decider,
    table,
    values,
    options,
    own,
    always: computed(() => options.filter((option) => table.value && !table.value.offered.has(option.key))),
    never: computed(() => options.filter((option) => table.value?.offered.get(option.key)?.size === 0)),
    tickedWith: (value) =>
      new Set(
        options.flatMap((each) => (table.value && isOfferedWith(table.value, each.key, value) ? [each.key] : [])),
      ),
    decideBy(next) {
      key.value = next;
      table.value ??= newTable(
        next,
        options.map((option) => option.key),
      );
    },
    tick(value, ticked, on) {
      const known = values.value.map((each) => each.key);
      if (table.value) table.value = tick(table.value, { options: ticked, value, on }, known);
    },
  };
}
