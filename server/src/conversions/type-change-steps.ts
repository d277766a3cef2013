import { sentence } from '@kequn/rules';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { dropComingColumn } from '../fields/customer-table.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { alterTables, write } from '../platform/transaction.ts';
import { fieldThen } from '../segments/rebuild/as-then.ts';
import type { TypeChangeOf, TypeChanges } from '../segments/rebuild/type-changes.ts';
import { checkedChange, tooLate } from './checked-change.ts';
import { convertColumn, type Converting } from './convert-column.ts';
import { FieldConversion } from './field-conversion.ts';
import { indexColumn } from './index-column.ts';
import { putType } from './put-type.ts';

/** Values set aside that one step gives up, at most. */
const DELETED_AT_ONCE = 20_000;

/** What a job does that makes a field one of another type, among many customers. */
export const typeChanges: TypeChanges = {
  async check(tx, change) {
    await checkedChange(tx, change);
  },

  async convert(tx, of, whom) {
    await convertColumn(tx, await convertingOf(tx, of), whom);
  },

  async put(tx, of) {
    if (!of.change.force) await requireAllConvert(tx, of);
    await putType(tx, await convertingOf(tx, of));
  },

  async index(tx, { fieldKey }, stretch) {
    const field = (await kept(tx, fieldCatalogue)).byKey.get(fieldKey);
    if (field) await indexColumn(tx, field, stretch);
  },

  async forget(ctx, { id, change }) {
    for (let deleted = DELETED_AT_ONCE; deleted === DELETED_AT_ONCE;) deleted = await forgetSome(ctx, id);
    await alterTables(ctx, ({ manager }) => dropComingColumn(manager, change.fieldKey));
  },
};

/** The field is what it was when it was checked, or nothing goes on. */
async function convertingOf(tx: Transactional<RequestContext>, { id, change }: TypeChangeOf): Promise<Converting> {
  const before = (await kept(tx, fieldCatalogue)).byKey.get(change.fieldKey);
  if (before?.version !== change.version) throw refused('CONFLICT', { currentVersion: before?.version });
  const undone = change.undoes === null ? null : await tx.manager.findOneBy(FieldConversion, { id: change.undoes });
  if (undone && undone.droppedAt !== null) throw invalid([{ path: 'id', code: 'INVALID', message: tooLate }]);
  return { id, before, after: fieldThen(before, change), undone };
}

/** How many they are is not told: everybody may see how the job ended. The preview tells it, and which. */
async function requireAllConvert({ manager }: Transactional<RequestContext>, { id }: TypeChangeOf): Promise<void> {
  const [failed] = await manager.query<unknown[]>(
    'select from field_conversion_value where conversion_id = $1 limit 1',
    [id],
  );
  if (failed) throw invalid([{ path: 'type', code: 'INVALID', message: someFail }]);
}

const someFail = sentence(
  '有值不能转换，因此什么都没有改变；再次更改类型时会先列出是哪些',
  'Some values do not convert, so nothing was changed; changing the type again shows first which',
);

async function forgetSome(ctx: RequestContext, id: string): Promise<number> {
  return write(ctx, async ({ manager }) => {
    const [, deleted] = await manager.query<[unknown[], number]>(
      `delete from field_conversion_value where ctid = any(array(
         select ctid from field_conversion_value where conversion_id = $1 limit $2))`,
      [id, DELETED_AT_ONCE],
    );
    return deleted;
  });
}
