import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Values of unique fields that a customer has beside the one who had it first, whom its writer does not see. */
export class Duplicates1764000000017 implements MigrationInterface {
  readonly name = 'Duplicates1764000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table customer_duplicate (
        id uuid primary key,
        field_key text collate "C" not null,
        value text collate "C" not null,
        customer_id uuid not null,
        found_at timestamptz not null,
        unique (field_key, customer_id))`);
    await runner.query('create index customer_duplicate_value on customer_duplicate (field_key, value)');
    await runner.query('create index customer_duplicate_customer on customer_duplicate (customer_id)');
    await runner.query('grant select, insert, update, delete on customer_duplicate to kequn_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table customer_duplicate');
  }
}
