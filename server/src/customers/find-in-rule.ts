import { analyseRule, conditionsOf, fieldsOf, isSystemField, labelOf, sentence, type Node } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { momentNow } from '../fields/asked-now.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { columnOf } from '../fields/customer-table.ts';
import { scopedCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import type { RuleFinding } from './customer.ts';

/** What a rule says in vain: what holds whoever the customers are, and conditions on fields that none of them has a value of. */
export function findInRule(ctx: Context, rule: Node): Promise<readonly RuleFinding[]> {
  return read(ctx, async (tx) => {
    const { rules: names } = await kept(tx, fieldCatalogue);
    const analysed = analyseRule(rule, await momentNow(tx), names);
    const known = analysed.map(({ code, path, message }) => ({ kind: code, path, message: message[ctx.locale] }));
    return [...known, ...(await neverFilled(tx, rule))];
  });
}

async function neverFilled(tx: Transactional<Context>, rule: Node): Promise<readonly RuleFinding[]> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const empty = await emptyFields(
    tx,
    [...fieldsOf(rule)].filter((key) => byKey.has(key) && !isSystemField(key)),
  );
  return conditionsOf(rule).flatMap((condition) =>
    [...fieldsOf(condition)]
      .filter((key) => empty.has(key))
      .map((key) => {
        const label = labelOf(byKey.get(key)!, tx.locale);
        const message = sentence(`还没有客户填写过「${label}」`, `No customer has a value of ${label} yet`);
        return { kind: 'NEVER_FILLED', path: condition.path, message: message[tx.locale] };
      }),
  );
}

/** Those fields that no customer whom the viewer may see has a value of; nothing where there are no customers at all. */
async function emptyFields(tx: Transactional<Context>, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const { from, parameters } = await scopedCustomers(tx, { uses: { fields: keys } });
  const columns = keys.map((key) => `exists (select 1 from ${from} and ${columnOf(key)} is not null)`);
  const [row] = await tx.manager.query<{ filled: boolean[]; peopled: boolean }[]>(
    `select array[${columns.join(', ')}] as filled, exists (select 1 from ${from}) as peopled`,
    parameters.values,
  );
  return new Set(row!.peopled ? keys.filter((_, index) => !row!.filled[index]) : []);
}
