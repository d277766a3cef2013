import type { Snapshot } from './invariant.ts';

/** What each law gives: rows that break it. While a rebuild is telling, history does not yet know of all that its swap moved. */
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
         stored as (select m.customer_id, s.id as segment_id from membership m left join segment s on s.generation_id = m.generation_id
                     where s.id is not null or not exists (select from rebuild_part p where m.generation_id in (p.old_generation_id, p.new_generation_id))),
         differing as ((select 'replayed' as side, * from replayed except select 'replayed', * from stored) union all
                       (select 'stored', * from stored except select 'stored', * from replayed))
    select * from differing where segment_id is null or segment_id not in (
      select p.segment_id from rebuild r join rebuild_part p on p.rebuild_id = r.id where r.state = 'TELLING')`,
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
