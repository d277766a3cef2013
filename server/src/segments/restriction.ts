import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Transactional } from '../platform/context.ts';
import { kept, type Kept } from '../platform/rule-set.ts';

/** The keys of the fields that each segment's rule reads, by segment id. */
const segmentReads: Kept<ReadonlyMap<string, readonly string[]>> = {
  name: 'segment reads',
  async load({ manager }) {
    const rows = await manager.query<{ owner_id: string; keys: string[] }[]>(
      `select owner_id, array_agg(key) as keys from reference where owner_kind = 'segment' and kind = 'field' group by owner_id`,
    );
    return new Map(rows.map(({ owner_id: id, keys }) => [id, keys]));
  },
};

/**
 * Whether a segment is restricted for the viewer: who may not read a field that its rule reads would learn the field's values from its
 * rule, count, members and history.
 */
export async function restrictionOf(tx: Transactional<Context>): Promise<(segmentId: string) => boolean> {
  const rights = await rightsOf(tx);
  const reads = await kept(tx, segmentReads);
  return (segmentId) => (reads.get(segmentId) ?? []).some((key) => !rights.may(key, 'filter'));
}

/** The keys of the fields whose values the viewer may not infer, archived ones too. */
export async function unreadableFields(tx: Transactional<Context>): Promise<string[]> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  return fields.map(({ key }) => key).filter((key) => !rights.may(key, 'filter'));
}
