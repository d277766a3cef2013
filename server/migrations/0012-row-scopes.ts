import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which customers a role sees: a rule, or NULL for all of them. */
export class RowScopes1764000000012 implements MigrationInterface {
  readonly name = 'RowScopes1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table role add column row_scope jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table role drop column row_scope');
  }
}
