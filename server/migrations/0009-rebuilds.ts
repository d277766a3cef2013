import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Changes of rules among many customers. A rebuild makes the members of some segments anew beside the present ones while customers are
 * saved, and puts them in their place at once; `touched` is who was saved meanwhile. Such jobs run one at a time.
 */
export class Rebuilds1764000000009 implements MigrationInterface {
  readonly name = 'Rebuilds1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [rebuild, touched, jobs]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('A rebuild under way is not given up');
  }
}

const rebuild = `
create table rebuild (
  id uuid primary key,
  state text not null check (state in ('BUILDING', 'TELLING', 'RETIRING')),
  target jsonb not null,
  reached uuid,
  swapped_at timestamptz(3),
  told_after bigint
);
create unique index rebuild_under_way on rebuild ((true)) where state <> 'RETIRING';
create table rebuild_part (
  rebuild_id uuid not null references rebuild on delete cascade,
  position int not null,
  segment_id uuid not null references segment,
  old_generation_id uuid,
  new_generation_id uuid,
  primary key (rebuild_id, position)
);
grant select, insert, update, delete on rebuild, rebuild_part to kequn_app;`;

const touched = `
create table touched (customer_id uuid primary key);
grant select, insert, update, delete on touched to kequn_app;`;

const jobs = `
alter table job add column decided boolean not null default false, add column shared boolean not null default false;
create index job_of_segment on job ((input ->> 'segmentId')) where kind = 'segments.rebuild' and status in ('QUEUED', 'RUNNING');
create or replace function enqueue_job(id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  perform graphile_worker.add_job('job', json_build_object('id', id), job_key => id::text, max_attempts => 6,
    queue_name => (select kind from job where job.id = enqueue_job.id and kind = 'segments.rebuild'));
end
$$;`;
