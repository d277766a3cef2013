import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Fields that are unique and sensitive, the values that nobody else may have, and references whose owner is named by a key. The identity
 * of a value is its text in Postgres, so that JS need not write numbers and instants as Postgres does; it names no foreign key, since on
 * a distributed database it lies by value and not by customer.
 */
export class FieldTypes1764000000002 implements MigrationInterface {
  readonly name = 'FieldTypes1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [fields, references, identities]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Values of unique fields are not taken apart again');
  }
}

const fields = `
alter table field
  add column "unique" boolean not null default false,
  add column sensitive boolean not null default false;`;

const references = `alter table reference alter column owner_id type text collate "C";`;

const identities = `
create table customer_identity (
  field_key text collate "C" not null,
  value text collate "C" not null,
  customer_id uuid not null,
  primary key (field_key, value)
);
create index customer_identity_customer on customer_identity (customer_id);`;
