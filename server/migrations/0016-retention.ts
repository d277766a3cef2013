import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules by which customers are erased once they are no longer to be kept. */
export class Retention1764000000016 implements MigrationInterface {
  readonly name = 'Retention1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from reference where owner_kind = 'retention'`);
    await runner.query('drop table retention_rule');
  }
}

const table = `
create table retention_rule (
  id uuid primary key,
  name text not null,
  rule jsonb not null,
  version int not null,
  active boolean not null,
  activated_by uuid references app_user,
  activated_at timestamptz,
  basis text,
  last_run_at timestamptz,
  last_job_id uuid,
  problem jsonb,
  created_at timestamptz not null
);`;
