import { fieldTypes, sentence } from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { columnOf } from '../fields/customer-table.ts';
import { countCustomers, scopedCustomers } from '../fields/scoped-customers.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { FieldDistribution } from './customer.ts';
import { samplePercentOf } from './count-rules.ts';

/** Ranges of one width from the least to the greatest value. */
const BUCKETS = 20;

/**
 * How the values of a field of numbers are spread over the customers that the viewer may see; of many customers that of a sample.
 *
 * @throws {Refused} NOT_FOUND, FIELD_FORBIDDEN, VALIDATION_FAILED for a field of other values.
 */
export async function fieldDistribution(ctx: Context, fieldKey: string): Promise<FieldDistribution> {
  return read(ctx, async (tx) => {
    const field = (await kept(tx, fieldCatalogue)).byKey.get(fieldKey);
    const rights = await rightsOf(tx);
    if (!field || field.archived || rights.accessTo(fieldKey) === 'HIDDEN') throw notFound();
    if (!rights.may(fieldKey, 'filter')) throw refused('FIELD_FORBIDDEN', { fields: [fieldKey] });
    if (fieldTypes[field.type].valueType !== 'NUMBER') {
      const message = sentence('这个字段不是数字', 'This field does not hold numbers');
      throw invalid([{ path: 'fieldKey', code: 'INVALID', message }]);
    }
    const samplePercent = samplePercentOf(await countCustomers(tx, { uses: [fieldKey] }));
    const { from, parameters } = await scopedCustomers(tx, { uses: [fieldKey], samplePercent });
    const rows = await tx.manager.query<{ min: number; max: number; bucket: number; count: number }[]>(
      `with v as (select ${columnOf(fieldKey)} as x from ${from} and ${columnOf(fieldKey)} is not null),
            b as (select min(x) as min, max(x) as max from v)
       select min, max, coalesce(least(width_bucket(x, min, nullif(max, min), ${BUCKETS}), ${BUCKETS}), 1) as bucket, count(*) as count
         from v, b group by min, max, bucket`,
      parameters.values,
    );
    return spread(rows);
  });
}

function spread(
  rows: readonly { readonly min: number; readonly max: number; readonly bucket: number; readonly count: number }[],
): FieldDistribution {
  const filled = rows.reduce((total, { count }) => total + count, 0);
  const shares = Array.from({ length: BUCKETS }, (_, index) => {
    const found = rows.find(({ bucket }) => bucket === index + 1);
    return found ? found.count / filled : 0;
  });
  const [first] = rows;
  return Object.assign(new FieldDistribution(), { min: first?.min ?? null, max: first?.max ?? null, shares });
}
