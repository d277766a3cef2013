import type { FieldAccess } from '../../server/src/access/role.ts';

/** A role as it is made for a viewer. */
export interface RoleSketch {
  readonly defaultAccess: FieldAccess;
  readonly entries: Readonly<Record<string, FieldAccess>>;
  /** Where the customers live whom it sees; all of them, if not given. */
  readonly rowScope?: { readonly city: string };
}

/** A way in which one and the same access to fields comes about. */
export interface Shape {
  readonly name: string;
  /** The roles of a viewer who gets an access to fields of these keys. */
  roles(keys: readonly string[], access: FieldAccess): readonly RoleSketch[];
  /** Fields are asked by the keys of what is computed of them. */
  readonly computed?: boolean;
  /** The viewer sees the west too, where another access comes about: it is asked as well. */
  readonly seesWest?: boolean;
}

/** What everybody may do with the fields by which customers are told apart. */
const usual = { name: 'WRITE', city: 'WRITE' } as const;

function listed(keys: readonly string[], access: FieldAccess): RoleSketch {
  return { defaultAccess: 'HIDDEN', entries: { ...usual, ...Object.fromEntries(keys.map((key) => [key, access])) } };
}

/** One degree less. */
const less = { HIDDEN: 'HIDDEN', MASKED: 'HIDDEN', READ: 'MASKED', WRITE: 'READ' } as const;

/** Eight shapes of roles. */
export const shapes: readonly Shape[] = [
  { name: 'listed', roles: (keys, access) => [listed(keys, access)] },
  { name: 'by default', roles: (_, defaultAccess) => [{ defaultAccess, entries: usual }] },
  { name: 'the widest of two', roles: (keys, access) => [listed(keys, 'HIDDEN'), listed(keys, access)] },
  { name: 'in a scope', roles: (keys, access) => [{ ...listed(keys, access), rowScope: { city: 'east' } }] },
  {
    name: 'where another role does not count',
    roles: (keys, access) => [
      { ...listed(keys, access), rowScope: { city: 'east' } },
      { ...listed(keys, 'WRITE'), rowScope: { city: 'west' } },
    ],
    seesWest: true,
  },
  {
    name: 'by what is computed of it',
    roles: (keys, access) => {
      const { entries } = listed(keys, access);
      return [
        {
          defaultAccess: 'HIDDEN',
          entries: { ...entries, ...Object.fromEntries(keys.map((key) => [computedOf(key), 'WRITE'])) },
        },
      ];
    },
    computed: true,
  },
  {
    name: 'in a scope, beside a role that reads less of everybody',
    roles: (keys, access) => [{ ...listed(keys, access), rowScope: { city: 'east' } }, listed(keys, less[access])],
    seesWest: true,
  },
  {
    name: 'of everybody, beside a role that reads less in a scope',
    roles: (keys, access) => [{ ...listed(keys, less[access]), rowScope: { city: 'east' } }, listed(keys, access)],
    seesWest: true,
  },
];

/** The key of the field that is computed of another one. */
export function computedOf(key: string): string {
  return `of_${key}`;
}
