import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Changes of type among many customers: what does not convert is kept while a job works it out, before the change has been made and noted in
 * `field_conversion`.
 */
export class ConversionJobs1764000000022 implements MigrationInterface {
  readonly name = 'ConversionJobs1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table field_conversion_value drop constraint field_conversion_value_conversion_id_fkey');
  }

  async down(): Promise<void> {
    throw new Error('What was set aside is not given up');
  }
}
