import type { Rule } from '@kequn/rules';
import type { Capability, FieldAccess, RoleInput } from '../api/generated/graphql.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import type { Role } from './use-roles.ts';

/** A role as it is edited. */
export interface RoleDraft {
  readonly name: string;
  readonly capabilities: readonly Capability[];
  readonly defaultAccess: FieldAccess;
  /** Whether it sees only the customers for whom the rule holds. */
  readonly isScoped: boolean;
  readonly rowScope: Rule | null;
  /** Whether a save may let a customer out of these. */
  readonly mayLeaveScope: boolean;
}

/** Every capability, in the order in which they are offered. */
export const capabilities: readonly Capability[] = [
  'MANAGE_SEGMENTS',
  'MANAGE_FORMS',
  'MANAGE_FIELDS',
  'IMPORT',
  'EXPORT',
  'ERASE_CUSTOMERS',
  'MANAGE_AUTOMATIONS',
  'MANAGE_MODELS',
  'VIEW_AUDIT',
  'MANAGE_USERS',
  'MANAGE_ROLES',
];

/** A role that reads all fields of all customers until something else is decided. */
export const newRoleDraft: RoleDraft = {
  name: '',
  capabilities: [],
  defaultAccess: 'READ',
  isScoped: false,
  rowScope: null,
  mayLeaveScope: true,
};

/** The customers whose owner is whoever looks. */
export const ownedCustomers: Rule = { '==': [{ var: 'owner' }, { me: ['id'] }] };

/** Whether a role sees these and no others. */
export function seesOwned({ isScoped, rowScope }: Pick<RoleDraft, 'isScoped' | 'rowScope'>): boolean {
  return isScoped && JSON.stringify(rowScope) === JSON.stringify(ownedCustomers);
}

/** A stored role, to be edited. */
export function roleDraftOf({ name, capabilities: held, defaultAccess, rowScope, mayLeaveScope }: Role): RoleDraft {
  return {
    name,
    capabilities: held,
    defaultAccess: defaultAccess ?? 'HIDDEN',
    isScoped: rowScope !== null,
    rowScope,
    mayLeaveScope,
  };
}

/** Gives or takes a capability. */
export function withCapability(draft: RoleDraft, capability: Capability, on: boolean): RoleDraft {
  const others = draft.capabilities.filter((each) => each !== capability);
  return { ...draft, capabilities: on ? [...others, capability] : others };
}

/** What is wrong before the server is asked, by its place. */
export function checkRoleDraft(draft: RoleDraft, { access: t }: Messages): Readonly<Record<string, readonly string[]>> {
  return {
    ...(draft.name.trim() === '' && { name: [t.nameMissing] }),
    ...(draft.isScoped && draft.rowScope === null && { rowScope: [t.scopeMissing] }),
  };
}

/** What is sent: of a stored role at the version that was read. */
export function roleInputOf(draft: RoleDraft, role?: Pick<Role, 'id' | 'version'>): RoleInput {
  const { name, capabilities: held, defaultAccess, isScoped, rowScope, mayLeaveScope } = draft;
  return {
    ...(role && { id: role.id, version: role.version }),
    name: name.trim(),
    capabilities: [...held],
    defaultAccess,
    rowScope: isScoped ? rowScope : null,
    ...(isScoped && { mayLeaveScope }),
  };
}
