import { eventsKey, isSystemField } from '@kequn/rules';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { FieldAccess, Role, RoleFieldAccess, SegmentShare, type Capability } from './role.ts';
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

function lesser(a: FieldAccess, b: FieldAccess): FieldAccess {
  return degreeOf(a) < degreeOf(b) ? a : b;
}

/** A role with its entries for single fields, and what is shared with it. */
export interface KnownRole {
  readonly role: Role;
  readonly entries: ReadonlyMap<string, FieldAccess>;
  /** By id of a segment that is shared with the role, the keys of the fields that its members may tell the role of. */
  readonly shares: ReadonlyMap<string, ReadonlySet<string>>;
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
    const shares = await manager.find(SegmentShare);
    const sharesOf = (id: string) =>
      new Map(shares.filter(({ roleId }) => roleId === id).map(({ segmentId, reads }) => [segmentId, new Set(reads)]));
    const known = await manager.find(Role);
    return new Map(known.map((role) => [role.id, { role, entries: entriesOf(role.id), shares: sharesOf(role.id) }]));
  },
};

/** What decides who may use a field that a formula computes, or whose values a rule restricts by those of others. */
export interface ReadingField {
  /** Whether a formula computes it. */
  readonly computed: boolean;
  /** Its values may be read though what its formula reads may not. */
  readonly released: boolean;
  /** The keys of the other fields that its formula or rule reads; of a formula that is to be another, what both read. */
  readonly reads: readonly string[];
}

/** Every field that is computed, or has a rule that reads others, by key. */
export const readingFields: Kept<ReadonlyMap<string, ReadingField>> = {
  name: 'reading fields',
  async load({ manager }) {
    const rows = await manager.query<(ReadingField & { key: string })[]>(
      `select f.key, f.computed, f.released, coalesce(array_agg(r.key order by r.key) filter (where r.key is not null), '{}') as reads
         from field f
         left join reference r on r.owner_kind = 'field' and r.owner_id = f.key and r.kind = 'field' and r.key <> f.key
        where f.computed or r.key is not null group by f.key`,
    );
    return new Map(rows.map(({ key, ...reading }) => [key, reading]));
  },
};

/** What a viewer may do, decided from the roles as they stand in the transaction's rule set. */
export class Rights {
  readonly #reading: ReadonlyMap<string, ReadingField>;

  constructor(
    /** The roles that the viewer has. */
    readonly held: readonly KnownRole[],
    reading: ReadonlyMap<string, ReadingField> = new Map(),
  ) {
    this.#reading = reading;
  }

  /**
   * The widest access among the viewer's roles; nothing without a role. System fields are read by everybody; whoever may create customers
   * may give them an owner. What a formula computes is at most read, and as hidden as what it reads unless it was released: who may not
   * read that would learn it from the result. A field whose rule reads others is written by who reads them: whether the rule holds tells of
   * them.
   */
  accessTo(fieldKey: string): FieldAccess {
    return this.#accessTo(fieldKey, new Set());
  }

  #accessTo(fieldKey: string, asked: ReadonlySet<string>): FieldAccess {
    const own = this.#ownAccessTo(fieldKey);
    const reading = this.#reading.get(fieldKey);
    if (!reading || asked.has(fieldKey)) return own;
    const further = new Set([...asked, fieldKey]);
    const accesses = reading.reads.map((key) => this.#accessTo(key, further));
    if (!reading.computed)
      return accesses.every((each) => degreeOf(each) >= degreeOf('READ')) ? own : lesser(own, 'READ');
    return [...(reading.released ? [] : accesses), own].reduce(lesser, 'READ');
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

  /** Whether a role allows this use of every one of these fields: two roles that each allow it of some do not add up. */
  mayAll(fieldKeys: Iterable<string>, use: FieldUse): boolean {
    const keys = [...new Set(fieldKeys)];
    return this.held.some((role) => keys.every((key) => this.alone(role).may(key, use)));
  }

  /** What the viewer may do by one of the roles. */
  alone(role: KnownRole): Rights {
    return this.held.length === 1 ? this : new Rights([role], this.#reading);
  }

  /** What the viewer may do by those roles that count on one customer: told of each, in their order. */
  counting(counts: readonly boolean[]): Rights {
    return new Rights(
      this.held.filter((_, index) => counts[index] === true),
      this.#reading,
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
    await kept(tx, readingFields),
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
