import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When time alone next moves a customer, and what a move was due to. `customer_due` stands beside the customer, since moving the due times of
 * everybody costs a fourth of what rewriting the customers does; for Citus it names no foreign key.
 */
export class Time1764000000008 implements MigrationInterface {
  readonly name = 'Time1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [due, history, edition]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rule_set drop column edition');
    await runner.query('alter table membership_change drop column due_at, drop column event_id');
    await runner.query('drop table customer_due');
  }
}

const due = `
create table customer_due (
  customer_id uuid primary key,
  due_at timestamptz(3) not null
);
create index customer_due_at on customer_due (due_at);
grant select, insert, update, delete on customer_due to kequn_app;`;

const history = `
alter table membership_change add column due_at timestamptz(3), add column event_id uuid;`;

// Empty: everybody is evaluated at the next start, which tells when time moves whom.
const edition = `
alter table rule_set add column edition text collate "C" not null default '';`;
