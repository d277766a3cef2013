import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files: what was uploaded for which field, and of whom it is. One of nobody yet is pending. Its bytes stand in the file store under its id
 * for as long as its row is there; what is to go is marked first.
 */
export class Files1764000000021 implements MigrationInterface {
  readonly name = 'Files1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(): Promise<void> {
    throw new Error('Files are not given up');
  }
}

const tables = `
create table file (
  id uuid primary key,
  name text not null,
  media_type text not null,
  bytes int,
  sha256 text,
  field_key text collate "C" not null references field,
  customer_id uuid references customer on delete set null,
  submission_id uuid references submission on delete set null,
  form_id uuid references form,
  created_at timestamptz(3) not null,
  created_by uuid references app_user,
  removed_at timestamptz(3)
);
create index file_customer on file (customer_id);
create index file_submission on file (submission_id);
create index file_pending on file (created_at) where customer_id is null and submission_id is null;
create index file_removed on file (removed_at) where removed_at is not null;
grant select, insert, update, delete on file to kequn_app;`;
