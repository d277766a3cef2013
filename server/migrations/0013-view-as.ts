import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions in which somebody sees the system as a role does; NULL is a session of one's own. */
export class ViewAs1764000000013 implements MigrationInterface {
  readonly name = 'ViewAs1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table session add column role_id uuid references role on delete cascade');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table session drop column role_id');
  }
}
