import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Fields that a formula computes. `type` is what they hold; a formula of NULL is one that has not been computed for anybody yet. A rebuild
 * computes `formula_keys` anew, in that order, beside what customers have.
 */
export class Formulas1764000000010 implements MigrationInterface {
  readonly name = 'Formulas1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table field
        add column computed boolean not null default false,
        add column formula jsonb,
        add column released boolean not null default false`);
    await runner.query(`alter table rebuild add column formula_keys text[] collate "C" not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table rebuild drop column formula_keys');
    await runner.query('alter table field drop column computed, drop column formula, drop column released');
  }
}
