import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { invalid } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { change } from '../platform/transaction.ts';
import { sentence } from '@kequn/rules';
import { fieldCatalogue } from './catalogue.ts';
import type { Field } from './field.ts';

/**
 * Puts fields into this order; those not named keep theirs behind them. Needs MANAGE_FIELDS.
 *
 * @throws {Refused} VALIDATION_FAILED for a field that does not exist or is hidden.
 */
export async function orderFields(ctx: Context, keys: readonly string[]): Promise<readonly Field[]> {
  return change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_FIELDS');
    const rights = await rightsOf(tx);
    const { fields, byKey } = await kept(tx, fieldCatalogue);
    const unknown = keys.filter((key) => !byKey.has(key) || rights.accessTo(key) === 'HIDDEN');
    if (unknown.length > 0) {
      const message = sentence('没有这个字段', 'There is no such field');
      throw invalid(unknown.map((path) => ({ path, code: 'UNKNOWN_FIELD', message })));
    }
    const order = [...new Set([...keys, ...fields.map(({ key }) => key)])];
    await tx.manager.query(
      `update field set position = place from unnest($1::text[]) with ordinality as asked(key, place) where field.key = asked.key`,
      [order],
    );
    await recordAudit(tx, { action: 'fields.ordered', target: 'fields:', changes: { order } });
    return order.map((key) => byKey.get(key)!).filter(({ key }) => rights.accessTo(key) !== 'HIDDEN');
  });
}
