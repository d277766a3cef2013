import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of customers that somebody keeps: by what they are narrowed and ordered, and what they show. */
export class CustomerViews1764000000005 implements MigrationInterface {
  readonly name = 'CustomerViews1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table customer_view');
  }
}

const table = `
create table customer_view (
  id uuid primary key,
  owner_id uuid not null references app_user,
  name text not null,
  shared boolean not null,
  version int not null,
  filter jsonb,
  search text not null,
  sort jsonb not null,
  columns jsonb not null
);
create index customer_view_owner on customer_view (owner_id);`;
