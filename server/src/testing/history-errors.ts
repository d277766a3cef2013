import type { TestServer } from './test-server.ts';

/** For each customer and segment, changes come and go in turn, and the last tells whether they are a member now. */
export async function historyErrors({ database }: TestServer): Promise<number> {
  const [row] = await database.source.query<{ errors: number }[]>(`
    with change as (
      select customer_id, segment_id, kind, row_number() over w as nth,
             lead(id) over w is null as is_last
        from membership_change window w as (partition by customer_id, segment_id order by id)),
    present as (
      select m.customer_id, s.id as segment_id from membership m join segment s on s.generation_id = m.generation_id)
    select ((select count(*) from change where kind <> case nth % 2 when 1 then 'ENTERED' else 'LEFT' end)
          + (select count(*) from (select customer_id, segment_id from change where is_last and kind = 'ENTERED') c
               full join present p using (customer_id, segment_id)
              where c is null or p is null))::int as errors`);
  return row!.errors;
}
