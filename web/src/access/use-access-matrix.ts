import { eventsKey, labelOf } from '@kequn/rules';
import { computed, shallowRef, type ComputedRef } from 'vue';
import type { FieldAccess } from '../api/generated/graphql.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import type { Named } from '../fields/use-field-search.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import {
  changesOf,
  choiceAt,
  discardEdits,
  noEdits,
  redo,
  setAccess,
  undo,
  withoutRole,
  type AccessChange,
  type Crossing,
  type Stored,
} from './access-draft.ts';
import { lesser, type Choice } from './degrees.ts';
import type { Role } from './use-roles.ts';

/** A field, or what customers did, as a row. */
export interface MatrixRow extends Named {
  /** In the reader's language. */
  readonly shown: string;
  /** The most that anybody may have. */
  readonly ceiling: FieldAccess;
  readonly note?: string | undefined;
}

/** What a role has of a row. */
export interface MatrixCell {
  readonly degree: FieldAccess;
  readonly isDefault: boolean;
  readonly isChanged: boolean;
}

/** The rights of all roles to all fields, with edits that are not saved yet. */
export interface AccessMatrix {
  readonly rows: ComputedRef<readonly MatrixRow[]>;
  readonly changes: ComputedRef<readonly AccessChange[]>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  cellAt(row: MatrixRow, role: Role): MatrixCell;
  /** Gives these crossings the same, as far as each row allows it. */
  give(places: readonly { readonly row: MatrixRow; readonly role: Role }[], choice: Choice): void;
  undo(): void;
  redo(): void;
  discard(): void;
  /** Its edits are saved. */
  settle(roleId: string): void;
}

/** Edits the rights of these roles. */
export function useAccessMatrix(roles: () => readonly Role[]): AccessMatrix {
  const draft = shallowRef(noEdits);
  const byId = computed(() => new Map(roles().map((role) => [role.id, role])));
  const stored: Stored = ({ roleId, fieldKey }) => byId.value.get(roleId)?.entries.get(fieldKey) ?? null;
  const changes = computed(() => changesOf(draft.value, stored).filter(({ roleId }) => byId.value.has(roleId)));
  const changed = computed(() => new Set(changes.value.map(nameOf)));

  return {
    rows: useMatrixRows(),
    changes,
    canUndo: computed(() => draft.value.past.length > 0),
    canRedo: computed(() => draft.value.future.length > 0),
    cellAt({ key: fieldKey, ceiling }, { id: roleId, defaultAccess }) {
      const at = { roleId, fieldKey };
      const choice = choiceAt(draft.value, stored, at);
      const degree = lesser(choice ?? defaultAccess ?? 'HIDDEN', ceiling);
      return { degree, isDefault: choice === null, isChanged: changed.value.has(nameOf(at)) };
    },
    give(places, choice) {
      const wanted = places.map(({ row, role }) => ({
        roleId: role.id,
        fieldKey: row.key,
        choice: choice && lesser(choice, row.ceiling),
      }));
      draft.value = setAccess(draft.value, stored, wanted);
    },
    undo: () => (draft.value = undo(draft.value) ?? draft.value),
    redo: () => (draft.value = redo(draft.value) ?? draft.value),
    discard: () => (draft.value = discardEdits(draft.value)),
    settle: (roleId) => (draft.value = withoutRole(draft.value, roleId)),
  };
}

/** The fields that the viewer knows of, in their order, and what customers did. System fields are open to all. */
function useMatrixRows(): ComputedRef<readonly MatrixRow[]> {
  const t = useMessages();
  const catalogue = useCatalogue();
  return computed(() => {
    const fields = catalogue.live.map((field): MatrixRow => {
      const { key, label, labels } = field;
      const named = { key, label, labels, shown: labelOf(field, locale.value) };
      if (!field.computed) return { ...named, ceiling: 'WRITE' };
      const note = field.released ? t.value.access.formula : t.value.access.formulaHidden;
      return { ...named, ceiling: 'READ', note };
    });
    const { events } = t.value.access;
    return [...fields, { key: eventsKey, label: events, labels: {}, shown: events, ceiling: 'WRITE' }];
  });
}

function nameOf({ roleId, fieldKey }: Crossing): string {
  return `${roleId} ${fieldKey}`;
}
