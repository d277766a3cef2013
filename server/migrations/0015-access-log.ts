import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who was shown values of sensitive fields: of whom, which fields, when, from where, and by what. The values themselves do not stand
 * here. As with the audit log, the application may only add to it.
 */
export class AccessLog1764000000015 implements MigrationInterface {
  readonly name = 'AccessLog1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [table, grants]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sensitive_read');
  }
}

// One row for an answer. What was read of each customer: field_sets holds sets of keys, set_of for each of customer_ids the place of its set
// (from 0); field_keys are the keys of all sets. The time of an id goes up, so a page is a range of ids.
const table = `
create table sensitive_read (
  id uuid primary key,
  at timestamptz(3) not null,
  actor_id uuid,
  address text,
  channel text collate "C" not null,
  field_keys text[] collate "C" not null,
  customer_ids uuid[] not null,
  field_sets jsonb not null,
  set_of int[] not null
);
create index sensitive_read_customers on sensitive_read using gin (customer_ids);
create index sensitive_read_actor on sensitive_read (actor_id, id);
create index sensitive_read_at on sensitive_read (at);`;

const grants = 'revoke update, delete on sensitive_read from kequn_app';
