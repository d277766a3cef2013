import type { Rule } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import {
  RolesWithAccessDocument,
  type Capability,
  type FieldAccess,
  type RolePartsFragment,
} from '../api/generated/graphql.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useLiveQuery } from '../api/use-query.ts';

/** A role; to who does not manage roles only its name says anything. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly capabilities: readonly Capability[];
  /** What a field without an entry gets; null where it is not told. */
  readonly defaultAccess: FieldAccess | null;
  readonly entries: ReadonlyMap<string, FieldAccess>;
  /** Holds for the customers that it sees; null: all of them. */
  readonly rowScope: Rule | null;
  /** Whether a save may let a customer out of these. */
  readonly mayLeaveScope: boolean;
}

function toRole({
  id,
  name,
  version,
  capabilities,
  defaultAccess,
  fieldAccess,
  rowScope,
  mayLeaveScope,
}: RolePartsFragment): Role {
  return {
    id,
    name,
    version,
    capabilities,
    defaultAccess: defaultAccess ?? null,
    entries: new Map(fieldAccess.map(({ fieldKey, access }) => [fieldKey, access])),
    rowScope: rowScope ?? null,
    mayLeaveScope: mayLeaveScope ?? true,
  };
}

/** The roles there are, as they are stored. */
export interface Roles {
  readonly all: ComputedRef<readonly Role[]>;
  readonly ready: ComputedRef<boolean>;
  readonly problem: ComputedRef<ApiProblem | undefined>;
  reload(): void;
}

/** Asks for all roles. */
export function useRoles(): Roles {
  const { data, problem, reload } = useLiveQuery(RolesWithAccessDocument, () => ({}));
  return {
    all: computed(() => data.value?.roles.map(toRole) ?? []),
    ready: computed(() => data.value !== undefined),
    problem,
    reload,
  };
}
