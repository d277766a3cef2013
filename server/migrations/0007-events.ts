import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What customers do, and the types of it. An event goes with its customer when that one is erased. Its type is no foreign key: whoever
 * records would lock the type's one row, and types are only ever added.
 */
export class Events1764000000007 implements MigrationInterface {
  readonly name = 'Events1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [types, events]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table event, event_type');
  }
}

const types = `
create table event_type (
  key text collate "C" primary key,
  label text not null,
  labels jsonb not null,
  properties jsonb not null,
  version int not null
);
insert into event_type (key, label, labels, properties, version)
values ('order', '订单', '{"zh-CN": "订单", "en": "Order"}', '[]', 1);`;

// An event is corrected by its id alone; where customers are spread over several databases only what names the customer can be unique.
const events = `
create table event (
  customer_id uuid not null references customer on delete cascade,
  id uuid not null,
  type text collate "C" not null,
  at timestamptz(3) not null,
  amount double precision,
  properties jsonb not null,
  source_id text collate "C",
  primary key (customer_id, id)
);
create index event_type_at on event (customer_id, type, at, id);
create unique index event_source on event (customer_id, type, source_id) where source_id is not null;
create index event_id on event (id);`;
