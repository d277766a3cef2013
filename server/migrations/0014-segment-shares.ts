import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With which roles a segment is shared though they may not read all that its rule reads. */
export class SegmentShares1764000000014 implements MigrationInterface {
  readonly name = 'SegmentShares1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table segment_share (
        segment_id uuid not null references segment on delete cascade,
        role_id uuid not null references role on delete cascade,
        reads text[] not null,
        shared_at timestamptz not null,
        shared_by uuid not null references app_user,
        primary key (segment_id, role_id))`);
    await runner.query('grant select, insert, update, delete on segment_share to kequn_app');
    await runner.query(readsBehindFormulas);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table segment_share');
  }
}

/** The history of a segment tells of what its formulas read too. */
const readsBehindFormulas = `
  with recursive reads as (
    select s.id, r.kind, r.key
      from segment s join reference r on r.owner_kind = 'segment' and r.owner_id = s.id::text
     where s.deleted_at is null
    union
    select reads.id, r.kind, r.key
      from reads
      join (select 'segment' as kind, key, id::text as owner_id from segment where deleted_at is null
            union all
            select 'field', key, key from field where computed and not released) behind
        on behind.kind = reads.kind and behind.key = reads.key
      join reference r on r.owner_kind = behind.kind and r.owner_id = behind.owner_id),
  present as (select id, array_agg(key) as fields from reads where kind = 'field' group by id)
  update segment_version v
     set reads = array(select distinct unnest(v.reads || present.fields))
    from present
   where v.segment_id = present.id and not present.fields <@ v.reads
     and v.number = (select max(number) from segment_version latest where latest.segment_id = v.segment_id)`;
