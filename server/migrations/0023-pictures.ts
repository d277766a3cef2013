import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Pictures of forms: one of no form yet is pending. While the draft or a version of its form names it, it is not said since when none does. Its
 * bytes stand in the file store under its id for as long as its row is there; what is to go is marked first.
 */
export class Pictures1764000000023 implements MigrationInterface {
  readonly name = 'Pictures1764000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
  }

  async down(): Promise<void> {
    throw new Error('Pictures are not given up');
  }
}

const table = `
create table picture (
  id uuid primary key,
  name text not null,
  media_type text not null,
  bytes int,
  sha256 text,
  form_id uuid references form,
  created_at timestamptz(3) not null,
  created_by uuid references app_user,
  unnamed_since timestamptz(3),
  removed_at timestamptz(3)
);
create index picture_form on picture (form_id);
create index picture_unnamed on picture (unnamed_since) where unnamed_since is not null;
create index picture_removed on picture (removed_at) where removed_at is not null;
grant select, insert, update, delete on picture to kequn_app;`;
