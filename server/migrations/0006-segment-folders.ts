import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where segments are put and what they are marked with; and their history in the order in which it is read. */
export class SegmentFolders1764000000006 implements MigrationInterface {
  readonly name = 'SegmentFolders1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [filing, historyOrder]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table segment drop column folder, drop column tags');
    await runner.query('drop index membership_change_segment');
    await runner.query('create index membership_change_segment on membership_change (segment_id, at)');
  }
}

const filing = `
alter table segment
  add column folder text,
  add column tags text[] not null default '{}';`;

// Everybody may enter at one instant: the order within it has to be in the index too.
const historyOrder = `
drop index membership_change_segment;
create index membership_change_segment on membership_change (segment_id, at, id);`;
