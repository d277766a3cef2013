import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the users of a role with a scope may let a customer out of it, once they are asked. */
export class LeavingScopes1764000000018 implements MigrationInterface {
  readonly name = 'LeavingScopes1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table role add column may_leave_scope boolean not null default true');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table role drop column may_leave_scope');
  }
}
