import type { BenchServer } from '../bench-database.ts';
import { narrowRule } from '../narrow-rules.ts';
import { oneFieldEdit, spendOf } from '../one-field-edits.ts';
import type { Section } from '../section.ts';
import { timedInBlocks, type BlockPiece, type Timings } from '../timings.ts';
import { clearSegments, keepLive, makeLive } from './live-segments.ts';
import { callsRow, ratio } from './scale-row.ts';

const SEGMENTS = [0, 100, 1_000];
const BLOCKS = 5;
const BLOCK = { times: 100, warmUps: 20 };

/** Saves of one field by numbers of active segments that take turns, and SQL by hand that writes the row, who did it and what is told. */
export const savesSection: Section = {
  name: 'scale-saves',
  about: 'a save of one field; the SQL by hand knows of no segments',
  async run({ filled }) {
    const server = await filled();
    await clearSegments(server);
    await makeLive(
      server,
      Array.from({ length: SEGMENTS.at(-1)! }, (_, n) => narrowRule(n)),
    );
    const work = await oneFieldEdit(server);
    const saves = SEGMENTS.map((count) => ({
      what: `save, ${count} active segments`,
      ready: () => keepLive(server, count),
      work,
    }));
    const [byHand, ...measured] = await timedInBlocks([await editByHand(server), ...saves], BLOCKS, BLOCK);
    return measured.map((each, index) => callsRow(each, byHand!, goal(SEGMENTS[index]!, each, measured[0]!)));
  },
};

function goal(segments: number, { p50 }: Timings, none: Timings): string {
  if (segments === 0) return '';
  return `${segments === 1_000 ? '≤ 1.3 × of none: ' : 'of none: '}${ratio(p50, none.p50)}`;
}

async function editByHand({ asOwner }: BenchServer): Promise<BlockPiece> {
  const customers = await asOwner<{ id: string }>('select id from customer order by id limit 50');
  let edits = 0;
  const work = () => {
    edits += 1;
    return asOwner(EDIT, [customers[edits % customers.length]!.id, spendOf(edits)]);
  };
  return { what: 'by hand', ready: () => Promise.resolve(), work };
}

const EDIT = `
  with edited as (update customer set f_spend = $2, version = version + 1, updated_at = now() where id = $1 returning id, version),
       recorded as (insert into audit_entry (at, action, target, changes)
                    select now(), 'customer.updated', 'customer:' || id, jsonb_build_object('spend', jsonb_build_object('to', $2::float8))
                      from edited)
  insert into outbox (customer_id, kind, payload, at)
  select id, 'customer.saved', jsonb_build_object('version', version, 'changed', array['spend']), now() from edited`;
