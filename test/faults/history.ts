import type { Snapshot } from './invariant.ts';

/** What each law gives: rows that break it. */
const LAWS: Readonly<Record<string, string>> = {
  'history does not alternate': `
    select * from (
      select id, customer_id, segment_id, kind, lag(kind, 1, 'LEFT') over (partition by customer_id, segment_id order by id) as before
        from membership_change) h
     where kind = before`,
  'the last change is not what is stored': `
    with last as (
           select distinct on (customer_id, segment_id) customer_id, segment_id, kind
             from membership_change order by customer_id, segment_id, id desc),
         replayed as (select customer_id, segment_id from last where kind = 'ENTERED'),
         stored as (select m.customer_id, s.id as segment_id from membership m left join segment s on s.generation_id = m.generation_id)
    (select 'replayed', * from replayed except select 'replayed', * from stored) union all
    (select 'stored', * from stored except select 'stored', * from replayed)`,
  'outbox and history differ': `
    with told as (select customer_id, (payload->>'segmentId')::uuid as segment_id, upper(split_part(kind, '.', 2)) as kind, at
                    from outbox where kind in ('segment.entered', 'segment.left')),
         done as (select customer_id, segment_id, kind, at from membership_change)
    (select 'told', * from told except all select 'told', * from done) union all
    (select 'done', * from done except all select 'done', * from told)`,
};

/** Where a snapshot breaks the laws of history: it replays to the present members, and each change was told once. */
export async function historyFaultsIn({ client }: Snapshot): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [law, query] of Object.entries(LAWS)) {
    const { rows } = await client.query(query);
    faults.push(...rows.map((row) => `${law}: ${JSON.stringify(row)}`));
  }
  return faults;
}
