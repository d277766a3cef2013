import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';
import { Ledger } from './ledger.ts';
import { oneOf } from './one-of.ts';
import { rules } from './segments.ts';
import { correctOne, recordOne, saveOne, type Writer } from './writers.ts';

const WRITERS = 8;
const EDITORS = 4;

/** Writers and editors of rules at work. */
export interface Load {
  readonly ledger: Ledger;
  /** How many changes of rules were done. */
  edits(): number;
  /** Lets everybody end what they are at. */
  stop(): Promise<void>;
}

/** Sets them to work on these customers, of whom version 1 was acknowledged. */
export function startLoad(client: Client, customers: readonly { readonly id: string; readonly mark: number }[]): Load {
  const ledger = new Ledger();
  for (const { id, mark } of customers) ledger.save(id, { version: 1, mark });
  const ending = new AbortController();
  const ids = customers.map(({ id }) => id);
  const versions = new Map(ids.map((id) => [id, 1]));
  let edits = 0;
  const write = async (index: number) => {
    const writer: Writer = { client, ledger, ids, versions, name: `w${index}`, ending: ending.signal };
    while (!ending.signal.aborted) await oneOf([saveOne, saveOne, saveOne, recordOne, correctOne])(writer);
  };
  const edit = async () => {
    while (!ending.signal.aborted) {
      if (await editOne(client)) edits += 1;
      await sleep(50 + Math.random() * 250);
    }
  };
  const all = [
    ...Array.from({ length: WRITERS }, (_, index) => write(index)),
    ...Array.from({ length: EDITORS }, edit),
  ];
  const stop = async () => {
    ending.abort();
    await Promise.all(all);
  };
  return { ledger, edits: () => edits, stop };
}

interface EditedSegment {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly status: string;
}

/** Gives a segment another rule, pauses it, or activates it; says whether it was done. */
async function editOne(client: Client): Promise<boolean> {
  const found = await client.call<{ segments: readonly EditedSegment[] }>('{ segments { id key version status } }');
  if (found.kind !== 'done') return false;
  const { id, key, version, status } = oneOf(found.data.segments);
  const dice = Math.random();
  if (dice < 0.4 || (status === 'ACTIVE' && dice < 0.8)) {
    const rule = rules[key]!(Math.floor(Math.random() * 100));
    const input = { id, key, version, name: key, rule };
    const query = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';
    return (await client.call(query, { input })).kind === 'done';
  }
  const step = status === 'ACTIVE' ? 'pause' : 'activate';
  return (await client.call(`mutation ($id: ID!) { ${step}Segment(id: $id) { id } }`, { id })).kind === 'done';
}
