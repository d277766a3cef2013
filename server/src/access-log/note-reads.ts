import type { RequestContext } from '../platform/context.ts';
import { loadBatched } from '../platform/loading.ts';
import { alone } from '../platform/transaction.ts';
import { newId } from '../platform/uuid.ts';

/** By what values were read. */
export type ReadChannel = 'list' | 'customer' | 'segment' | 'preview' | 'explanation' | 'audit' | 'answer' | 'export';

/** That values of sensitive fields of one customer are about to be told to whoever asks. */
export interface ReadNote {
  readonly channel: ReadChannel;
  readonly customerId: string;
  /** The keys of the fields; nothing is noted where there are none. */
  readonly fieldKeys: readonly string[];
}

/** What one answer tells by one channel. */
interface NotedAnswer {
  readonly id: string;
  readonly channel: ReadChannel;
  readonly fieldKeys: readonly string[];
  readonly customerIds: readonly string[];
  /** What is read of customers, each set of keys once. */
  readonly fieldSets: readonly (readonly string[])[];
  /** Of each customer the place of its set. */
  readonly setOf: readonly number[];
}

/**
 * Notes who is about to read what of whom, with one statement, before it is told: a note that cannot be written is thrown, and then
 * nothing may be answered. One row for each channel of an answer says of each customer what was read of it, and no more.
 */
export async function noteReads(ctx: RequestContext, reads: readonly ReadNote[]): Promise<void> {
  const filled = reads.filter(({ fieldKeys }) => fieldKeys.length > 0);
  const channels = [...new Set(filled.map(({ channel }) => channel))];
  if (channels.length === 0) return;
  const answers = channels.map((name) => answerOf(name, filled));
  await alone(ctx, (manager) =>
    manager.query(
      `insert into sensitive_read (id, at, actor_id, address, channel, field_keys, customer_ids, field_sets, set_of)
       select id, clock_timestamp(), $1, $2, channel, array(select jsonb_array_elements_text("fieldKeys")),
              array(select jsonb_array_elements_text("customerIds"))::uuid[], "fieldSets",
              array(select jsonb_array_elements_text("setOf"))::int[]
         from jsonb_to_recordset($3::jsonb)
              as r (id uuid, channel text, "fieldKeys" jsonb, "customerIds" jsonb, "fieldSets" jsonb, "setOf" jsonb)`,
      [ctx.actorId, ctx.address, JSON.stringify(answers)],
    ),
  );
}

/** The same of one customer, together with whatever else the same request is about to tell in the same moment. */
export async function noteRead(ctx: RequestContext, read: ReadNote): Promise<void> {
  if (read.fieldKeys.length > 0) await loadBatched(ctx, noteEach, read);
}

async function noteEach(ctx: RequestContext, reads: readonly ReadNote[]): Promise<readonly true[]> {
  await noteReads(ctx, reads);
  return reads.map(() => true);
}

function answerOf(channel: ReadChannel, reads: readonly ReadNote[]): NotedAnswer {
  const byCustomer = new Map<string, Set<string>>();
  for (const { customerId, fieldKeys } of reads.filter((read) => read.channel === channel))
    byCustomer.set(customerId, new Set([...(byCustomer.get(customerId) ?? []), ...fieldKeys]));
  const sets = new Map<string, { readonly place: number; readonly keys: readonly string[] }>();
  const setOf = [...byCustomer.values()].map((read) => {
    const keys = [...read].toSorted();
    const set = sets.get(keys.join()) ?? { place: sets.size, keys };
    sets.set(keys.join(), set);
    return set.place;
  });
  const fieldSets = [...sets.values()].map(({ keys }) => keys);
  const fieldKeys = [...new Set(fieldSets.flat())].toSorted();
  return { id: newId(), channel, fieldKeys, customerIds: [...byCustomer.keys()], fieldSets, setOf };
}
