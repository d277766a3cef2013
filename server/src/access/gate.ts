import { eventsKey, isSystemField } from '@kequn/rules';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { FieldAccess, Role, RoleFieldAccess, type Capability } from './role.ts';
import type { Context } from './viewer.ts';

/** Everything that can be done with a field. Each path to data names its use. */
export type FieldUse = 'read' | 'write' | 'filter' | 'sort' | 'search' | 'export';

/** The access that each use needs. Masked is as hidden wherever a value could be inferred. */
const needs: Readonly<Record<FieldUse, FieldAccess>> = {
  read: 'READ',
  write: 'WRITE',
  filter: 'READ',
  sort: 'READ',
  search: 'READ',
  export: 'READ',
};

const degrees = Object.keys(FieldAccess) as FieldAccess[];

/** How much an access allows; each includes what is before it. */
export function degreeOf(access: FieldAccess): number {
  return degrees.indexOf(access);
}

/** A role with its entries for single fields. */
export interface KnownRole {
  readonly role: Role;
  readonly entries: ReadonlyMap<string, FieldAccess>;
}

/** What a role gives of a field by itself. */
export function accessOf({ role, entries }: KnownRole, fieldKey: string): FieldAccess {
  return entries.get(fieldKey) ?? role.defaultAccess;
}

/** Every role by id. */
export const roles: Kept<ReadonlyMap<string, KnownRole>> = {
  name: 'roles',
  async load({ manager }) {
    const entries = await manager.find(RoleFieldAccess);
    const entriesOf = (id: string) =>
      new Map(entries.filter(({ roleId }) => roleId === id).map(({ fieldKey, access }) => [fieldKey, access]));
    return new Map((await manager.find(Role)).map((role) => [role.id, { role, entries: entriesOf(role.id) }]));
  },
};

/** What decides who may use a field that a formula computes. */
export interface ComputedField {
  /** Its values may be read though what it reads may not. */
  readonly released: boolean;
  /** The keys of the fields that its formula reads; of one that is to be another, what both read. */
  readonly reads: readonly string[];
}

/** Every field that a formula computes, by key. */
export const computedFields: Kept<ReadonlyMap<string, ComputedField>> = {
  name: 'computed fields',
  async load({ manager }) {
    const rows = await manager.query<(ComputedField & { key: string })[]>(
      `select f.key, f.released, coalesce(array_agg(r.key order by r.key) filter (where r.key is not null), '{}') as reads
         from field f left join reference r on r.owner_kind = 'field' and r.owner_id = f.key and r.kind = 'field'
        where f.computed group by f.key`,
    );
    return new Map(rows.map(({ key, released, reads }) => [key, { released, reads }]));
  },
};

/** What a viewer may do, decided from the roles as they stand in the transaction's rule set. */
export class Rights {
  readonly #computed: ReadonlyMap<string, ComputedField>;

  constructor(
    /** The roles that the viewer has. */
    readonly held: readonly KnownRole[],
    computed: ReadonlyMap<string, ComputedField> = new Map(),
  ) {
    this.#computed = computed;
  }

  /**
   * The widest access among the viewer's roles; nothing without a role. System fields are read by everybody; whoever may create customers
   * may give them an owner. What a formula computes is at most read, and as hidden as what it reads unless it was released: who may not
   * read that would learn it from the result.
   */
  accessTo(fieldKey: string): FieldAccess {
    return this.#accessTo(fieldKey, new Set());
  }

  #accessTo(fieldKey: string, asked: ReadonlySet<string>): FieldAccess {
    const own = this.#ownAccessTo(fieldKey);
    const computed = this.#computed.get(fieldKey);
    if (!computed || asked.has(fieldKey)) return own;
    const further = new Set([...asked, fieldKey]);
    const strictest = computed.released ? [] : computed.reads.map((key) => this.#accessTo(key, further));
    return degrees[Math.min(...[own, 'READ' as const, ...strictest].map(degreeOf))] ?? 'HIDDEN';
  }

  #ownAccessTo(fieldKey: string): FieldAccess {
    if (isSystemField(fieldKey)) return fieldKey === 'owner' && this.mayCreate ? 'WRITE' : 'READ';
    const degree = Math.max(0, ...this.held.map((role) => degreeOf(accessOf(role, fieldKey))));
    return degrees[degree] ?? 'HIDDEN';
  }

  /** Whether the viewer may use a field so. */
  may(fieldKey: string, use: FieldUse): boolean {
    return degreeOf(this.accessTo(fieldKey)) >= degreeOf(needs[use]);
  }

  /**
   * The roles that each allow this use of every one of these fields. What is found out by using fields together is limited to the
   * customers whom such a role sees: two roles that each read one of the fields do not add up.
   */
  rolesThatMay(fieldKeys: Iterable<string>, use: FieldUse): readonly KnownRole[] {
    const keys = [...new Set(fieldKeys)];
    return this.held.filter((role) => keys.every((key) => this.alone(role).may(key, use)));
  }

  /** Whether there is such a role. */
  mayAll(fieldKeys: Iterable<string>, use: FieldUse): boolean {
    return this.rolesThatMay(fieldKeys, use).length > 0;
  }

  /** What the viewer may do by one of the roles. */
  alone(role: KnownRole): Rights {
    return this.held.length === 1 ? this : new Rights([role], this.#computed);
  }

  /** What the viewer may do by those roles that count on one customer: told of each, in their order. */
  counting(counts: readonly boolean[]): Rights {
    return new Rights(
      this.held.filter((_, index) => counts[index] === true),
      this.#computed,
    );
  }

  /** Whether a role of the viewer does not see every customer, so that what the others allow differs from one to another. */
  get isScoped(): boolean {
    return this.held.some(({ role }) => role.rowScope !== null);
  }

  /** Whether one of the viewer's roles has a capability. */
  has(capability: Capability): boolean {
    return this.held.some(({ role }) => role.capabilities.includes(capability));
  }

  /** Whether the viewer may create customers: one role writes what is not listed. */
  get mayCreate(): boolean {
    return this.held.some(({ role }) => role.defaultAccess === 'WRITE');
  }

  /** Whether the viewer may record what customers do: who creates customers, where a role does not say otherwise of events. */
  get mayRecord(): boolean {
    return this.mayCreate && this.may(eventsKey, 'write');
  }

  /** All capabilities of the viewer. */
  get capabilities(): readonly Capability[] {
    return [...new Set(this.held.flatMap(({ role }) => role.capabilities))];
  }
}

/** What somebody may do whom no role lets do anything. */
export const noRights = new Rights([]);

/** The one gate: every path to data asks these rights, before anything is loaded or written. */
export async function rightsOf(tx: Transactional<Context>): Promise<Rights> {
  const known = await kept(tx, roles);
  return new Rights(
    tx.viewer.roleIds.flatMap((id) => known.get(id) ?? []),
    await kept(tx, computedFields),
  );
}

/**
 * Asks for a capability.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireCapability(tx: Transactional<Context>, capability: Capability): Promise<void> {
  if (!(await rightsOf(tx)).has(capability)) throw refused('FORBIDDEN');
}

/**
 * Asks for the right to record what customers do.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireRecording(tx: Transactional<Context>): Promise<void> {
  if (!(await rightsOf(tx)).mayRecord) throw refused('FORBIDDEN');
}

/**
 * Asks for the right to create customers.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireCreation(tx: Transactional<Context>): Promise<void> {
  if (!(await rightsOf(tx)).mayCreate) throw refused('FORBIDDEN');
}
