import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Fields that became of another type. What customers had before stands in a column of its own until `dropped_at`; what did not become
 * anything of the new type stands in `field_conversion_value`, as it was.
 */
export class Conversions1764000000020 implements MigrationInterface {
  readonly name = 'Conversions1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(): Promise<void> {
    throw new Error('What was set aside is not given up');
  }
}

const tables = `
create table field_conversion (
  id uuid primary key,
  field_key text collate "C" not null references field,
  "from" jsonb not null,
  "to" jsonb not null,
  time_zone text not null,
  at timestamptz(3) not null,
  by uuid references app_user,
  converted int not null,
  set_aside int not null,
  undoes uuid references field_conversion,
  undone_at timestamptz(3),
  dropped_at timestamptz(3)
);
create index field_conversion_field on field_conversion (field_key, id);
create table field_conversion_value (
  customer_id uuid not null references customer on delete cascade,
  conversion_id uuid not null references field_conversion on delete cascade,
  value jsonb not null,
  primary key (customer_id, conversion_id)
);
create index field_conversion_value_conversion on field_conversion_value (conversion_id, customer_id);
grant select, insert, update, delete on field_conversion, field_conversion_value to kequn_app;`;
