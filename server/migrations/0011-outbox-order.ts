import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The order in which the outbox is read. Ids are given before a commit, so a lower one may become visible after a higher one; transactions
 * below the oldest that is still under way have all ended, so what they wrote is all there.
 */
export class OutboxOrder1764000000011 implements MigrationInterface {
  readonly name = 'OutboxOrder1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox add column transaction xid8 not null default pg_current_xact_id()');
    await runner.query('create index outbox_order on outbox (transaction, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outbox drop column transaction');
  }
}
