import type { Value } from '@kequn/rules';
import { actFor } from '../access/act-for.ts';
import type { Context } from '../access/viewer.ts';
import { changeOf, withFormulas } from '../customers/customer-change.ts';
import { lockCustomers } from '../customers/lock-customer.ts';
import { writeCustomers } from '../customers/write-customers.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { columnOf } from '../fields/customer-table.ts';
import { Field } from '../fields/field.ts';
import { releaseIdentities } from '../fields/identities.ts';
import type { JobKind, JobRun } from '../jobs/job-kind.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { change, write } from '../platform/transaction.ts';
import { fieldToConvert, requireNoRebuild } from './field-to-convert.ts';
import { REPLACE_OPTION, requireWritingAll, withoutOption, type Replacement } from './replace-option.ts';
import { requireNothingBroken } from './usages-broken-by.ts';

/** Customers of one step: few enough that nobody waits long for their locks. */
const STEP = 100;

/** The job: step by step everybody who has the option is saved with the other one; once nobody has it, it is removed. */
export const replaceOptionJob: JobKind = {
  kind: REPLACE_OPTION,
  async run(run) {
    const replacement = run.input as Replacement;
    let { done } = run;
    do {
      for (let moved = STEP; moved === STEP; done += moved) moved = await moveNext(run, replacement, done);
    } while (!(await removeOption(run, replacement)));
  },
};

/** Saves the next customers who have the option; gives how many. */
async function moveNext(run: JobRun, replacement: Replacement, done: number): Promise<number> {
  const ctx = await actFor(run.ctx);
  return write(ctx, async (tx) => {
    const field = await fieldToConvert(tx, replacement.key);
    await requireWritingAll(tx, field.key);
    const customers = await lockCustomers(tx, await idsWith(tx, field, replacement.option));
    const [now, catalogue] = [await tx.clock.now(tx.manager), await kept(tx, fieldCatalogue)];
    const changes = customers.flatMap((before) => {
      const value = replaced(before.values[field.key] ?? null, replacement);
      if (value === undefined) return [];
      const news = { values: new Map([[field.key, value]]), owner: before.owner, now };
      return [changeOf(before, news, catalogue)];
    });
    const ids = changes.map(({ after }) => after.id);
    if (field.unique) await releaseIdentities(tx.manager, ids, [field.key]);
    await writeCustomers(tx, await withFormulas(tx, changes, now), now);
    await run.advance(tx.manager, { done: done + ids.length, cursor: null, result: { moved: done + ids.length } });
    return customers.length;
  });
}

/** Whoever is moved has the option no more, so that the next ones are the first ones. */
async function idsWith(tx: Transactional<Context>, field: Field, option: string): Promise<readonly string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `select c.id from customer c where ${hasOption(field)} order by c.id limit ${STEP}`,
    [option],
  );
  return rows.map(({ id }) => id);
}

function hasOption({ key, type }: Field): string {
  return type === 'MULTI_SELECT' ? `${columnOf(key)} @> array[$1]::text[]` : `${columnOf(key)} = $1`;
}

/** A value with another option, or none, in the place of one; undefined where that was not there. */
function replaced(value: Value, { option, into }: Replacement): Value | undefined {
  if (!Array.isArray(value)) return value === option ? into : undefined;
  const keys = value as readonly string[];
  if (!keys.includes(option)) return undefined;
  const others = keys.filter((key) => key !== option && key !== into);
  const left = [...others, ...(into === null ? [] : [into])].toSorted((a, b) => (a < b ? -1 : 1));
  return left.length === 0 ? null : left;
}

/** Gives whether nobody has the option any more, and it is gone. */
async function removeOption(run: JobRun, { key, option }: Replacement): Promise<boolean> {
  const ctx = await actFor(run.ctx);
  return change(ctx, async (tx) => {
    const field = await fieldToConvert(tx, key);
    if ((await idsWith(tx, field, option)).length > 0) return false;
    await requireNoRebuild(tx, 'option');
    const after = withoutOption(field, option);
    await requireNothingBroken(tx, after);
    await tx.manager.save(Field, after);
    return true;
  });
}
