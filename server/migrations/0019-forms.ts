import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Forms: a draft, the versions of it that were published, and what was answered by them. */
export class Forms1764000000019 implements MigrationInterface {
  readonly name = 'Forms1764000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from reference where owner_kind = 'form'`);
    await runner.query('drop table submission; drop table form_version; drop table form');
  }
}

const tables = `
create table form (
  id uuid primary key,
  name text not null,
  version int not null,
  layout jsonb not null,
  settings jsonb not null,
  published_number int,
  public_slug text unique,
  public_from int,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create table form_version (
  form_id uuid not null references form,
  number int not null,
  layout jsonb not null,
  settings jsonb not null,
  published_at timestamptz not null,
  published_by uuid references app_user,
  primary key (form_id, number)
);
create table submission (
  id uuid primary key,
  form_id uuid not null references form,
  form_version int not null,
  at timestamptz not null,
  "values" jsonb not null,
  status text not null,
  customer_id uuid references customer on delete cascade,
  submitted_by uuid references app_user,
  matches uuid[] not null default '{}',
  key text,
  person text,
  consent jsonb,
  resolved_at timestamptz,
  resolved_by uuid references app_user,
  unique (form_id, key)
);
create index submission_form on submission (form_id, id);
create index submission_customer on submission (customer_id);
create index submission_person on submission (form_id, person);
create index submission_review on submission (id) where status = 'REVIEW';`;
