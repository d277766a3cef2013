import { IsNull, LessThanOrEqual } from 'typeorm';
import { dropFormerColumn } from '../fields/customer-table.ts';
import type { RequestContext } from '../platform/context.ts';
import { alone, alterTables } from '../platform/transaction.ts';
import { FieldConversion } from './field-conversion.ts';
import { oldestToUndo } from './find-conversion.ts';

/** Gives up what customers had before changes of type that are too old to be undone. Gives how many of those there were. */
export async function dropFormerColumns(ctx: RequestContext): Promise<number> {
  const old = await alone(ctx, async (manager) =>
    manager.findBy(FieldConversion, {
      at: LessThanOrEqual(oldestToUndo(await ctx.clock.now(manager))),
      droppedAt: IsNull(),
    }),
  );
  for (const { id } of old) await dropColumn(ctx, id);
  return old.length;
}

/** Several processes may look at the same time: what one has dropped is dropped. */
async function dropColumn(ctx: RequestContext, id: string): Promise<void> {
  await alterTables(ctx, async (tx) => {
    await dropFormerColumn(tx.manager, id);
    const at = await tx.clock.now(tx.manager);
    await tx.manager.update(FieldConversion, { id, droppedAt: IsNull() }, { droppedAt: at });
  });
}
