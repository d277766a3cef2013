import { fieldsOf, segmentsOf, type Node } from '@kequn/rules';
import { readingFields, type ReadingField, type KnownRole } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { kept, type Kept } from '../platform/rule-set.ts';

/** What the rule of a segment names. */
interface NamedByRule {
  readonly key: string;
  /** The keys of fields, those that unreleased formulas among them read included. */
  readonly fields: ReadonlySet<string>;
  /** The keys of the segments that it asks membership of. */
  readonly asks: readonly string[];
}

/** What one finds out of by the rules and the members of segments. */
export class SegmentReads {
  readonly #named: ReadonlyMap<string, NamedByRule>;
  readonly #idOf: ReadonlyMap<string, string>;
  /** What was found out already, for each set of shares. */
  readonly #known = new WeakMap<KnownRole['shares'], Map<string, ReadonlySet<string>>>();

  constructor(named: ReadonlyMap<string, NamedByRule>) {
    this.#named = named;
    this.#idOf = new Map([...named].map(([id, { key }]) => [key, id]));
  }

  /** The segments there are, by id, each with its key. */
  get keys(): readonly (readonly [id: string, key: string])[] {
    return [...this.#named].map(([id, { key }]) => [id, key]);
  }

  /** The ids of segments by their keys; of one that is gone nothing. */
  idsOf(keys: Iterable<string>): readonly string[] {
    return [...keys].flatMap((key) => this.#idOf.get(key) ?? []);
  }

  /** All fields that decide who is a member. */
  readBy(segmentId: string): ReadonlySet<string> {
    return this.#read(segmentId, noShares);
  }

  /** Those that a role finds out of by the members, where it may not know by a segment's being shared with it. */
  toldByMembers(role: KnownRole, segmentId: string): ReadonlySet<string> {
    return this.#read(segmentId, role.shares.size === 0 ? noShares : role.shares);
  }

  /** Those that a role finds out of by the rule: of a segment that the rule asks for no more than its members tell. */
  toldByRule(role: KnownRole, segmentId: string): ReadonlySet<string> {
    if (!role.shares.has(segmentId)) return this.toldByMembers(role, segmentId);
    return this.#read(segmentId, new Map([...role.shares].filter(([id]) => id !== segmentId)));
  }

  #read(id: string, shares: KnownRole['shares']): ReadonlySet<string> {
    const known = this.#known.get(shares) ?? new Map<string, ReadonlySet<string>>();
    this.#known.set(shares, known);
    const before = known.get(id);
    if (before) return before;
    // A cycle would end here.
    known.set(id, new Set());
    const { fields = [], asks = [] } = this.#named.get(id) ?? {};
    const asked = this.idsOf(asks).flatMap((each) => [...this.#read(each, shares)]);
    const shared = shares.get(id);
    const read = new Set([...fields, ...asked].filter((key) => !shared?.has(key)));
    known.set(id, read);
    return read;
  }
}

const noShares: KnownRole['shares'] = new Map();

/** What the segments there are read. */
export const segmentReads: Kept<SegmentReads> = {
  name: 'segment reads',
  async load(tx) {
    const reading = await kept(tx, readingFields);
    const rows = await tx.manager.query<{ id: string; key: string; fields: string[]; asks: string[] }[]>(
      `select s.id, s.key,
              coalesce(array_agg(r.key) filter (where r.kind = 'field'), '{}') as fields,
              coalesce(array_agg(r.key) filter (where r.kind = 'segment'), '{}') as asks
         from segment s left join reference r on r.owner_kind = 'segment' and r.owner_id = s.id::text
        where s.deleted_at is null group by s.id`,
    );
    return new SegmentReads(
      new Map(rows.map(({ id, key, fields, asks }) => [id, { key, fields: withBehind(fields, reading), asks }])),
    );
  },
};

/** These fields, and what the formulas among them read unless they were released. */
function withBehind(keys: Iterable<string>, reading: ReadonlyMap<string, ReadingField>): ReadonlySet<string> {
  const all = new Set(keys);
  // A set that grows while it is gone through is gone through to its end.
  for (const key of all) {
    const field = reading.get(key);
    if (field?.computed && !field.released) field.reads.forEach((each) => all.add(each));
  }
  return all;
}

/** What something is found out by: fields themselves, segments by their members, and segments by the moves of their members. */
export interface Sources {
  /** Keys of fields. */
  readonly fields?: Iterable<string>;
  /** Ids of segments. */
  readonly members?: Iterable<string>;
  /** Ids of segments. */
  readonly moves?: Iterable<string>;
}

/** What is found out by asking rules. */
export async function sourcesOf(tx: Transactional<Context>, ...rules: readonly Node[]): Promise<Sources> {
  const reads = await kept(tx, segmentReads);
  return {
    fields: rules.flatMap((rule) => [...fieldsOf(rule)]),
    members: rules.flatMap((rule) => reads.idsOf(segmentsOf(rule).keys())),
  };
}
