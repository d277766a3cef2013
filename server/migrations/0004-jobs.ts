import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Long work, and erasing. A job's row holds what the starter is shown and where it goes on; when it runs is graphile-worker's business,
 * whose tables only the owner may touch: the application reaches them through functions that do one thing each.
 */
export class Jobs1764000000004 implements MigrationInterface {
  readonly name = 'Jobs1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [job, enqueue, blankAudit]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Work under way is not given up');
  }
}

const job = `
create table job (
  id uuid primary key,
  kind text collate "C" not null,
  status text not null check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  input jsonb not null,
  owner_id uuid,
  done int not null default 0,
  total int,
  cursor jsonb,
  result jsonb,
  error jsonb,
  cancel_requested boolean not null default false,
  worker text,
  heartbeat_at timestamptz(3),
  created_at timestamptz(3) not null,
  finished_at timestamptz(3)
);
create index job_owner on job (owner_id, id);
create index job_running on job (heartbeat_at) where status = 'RUNNING';`;

const enqueue = `
create function enqueue_job(id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  perform graphile_worker.add_job('job', json_build_object('id', id), job_key => id::text, max_attempts => 6);
end
$$;
revoke execute on function enqueue_job from public;
grant execute on function enqueue_job to kequn_app;`;

const blankAudit = `
create function blank_audit(targets text[]) returns void
language sql security definer set search_path = pg_catalog, public
as $$
  update audit_entry e
     set changes = (select coalesce(jsonb_object_agg(key, '{}'::jsonb), '{}') from jsonb_object_keys(e.changes) key)
   where target = any(targets)
$$;
revoke execute on function blank_audit from public;
grant execute on function blank_audit to kequn_app;`;
