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
 * Of a sensitive field nothing is told that fewer customers than this stand behind, neither an end nor a range: what is told here is noted of
 * nobody. Statistical offices do the same: output rests on ten observations at least, and minima and maxima, which are one person's, are
 * withheld (“Handbook on Statistical Disclosure Control for Outputs”, Safe Data Access Professionals; the threshold of ten of the ONS).
 */
export const FEWEST = 10;

/**
 * How the values of a field of numbers are spread over the customers that the viewer may see; of many customers that of a sample. Of a
 * sensitive field the range is from the tenth least to the tenth greatest value, with what lies beyond in its first and last part; a part with
 * fewer than ten is told as empty, and nothing where the ends meet: then there are too few, or all have the same value.
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
    const samplePercent = samplePercentOf(await countCustomers(tx, { uses: { fields: [fieldKey] } }));
    const { from, parameters } = await scopedCustomers(tx, { uses: { fields: [fieldKey] }, samplePercent });
    const fewest = parameters.add(field.sensitive ? FEWEST : 1);
    const rows = await tx.manager.query<Bucket[]>(
      `with v as (select ${columnOf(fieldKey)} as x from ${from} and ${columnOf(fieldKey)} is not null),
            b as (select (select x from v order by x offset ${fewest}::int - 1 limit 1) as min,
                         (select x from v order by x desc offset ${fewest}::int - 1 limit 1) as max)
       select min, max, least(greatest(width_bucket(x, min, nullif(max, min), ${BUCKETS}), 1), ${BUCKETS}) as bucket,
              count(*)::float8 / (select count(*) from v) as share
         from v, b where min < max or ${fewest} = 1 group by min, max, bucket having count(*) >= ${fewest}`,
      parameters.values,
    );
    return spread(rows);
  });
}

/** How many of those who have a value have it in one of the ranges between two ends. */
interface Bucket {
  readonly min: number;
  readonly max: number;
  readonly bucket: number;
  readonly share: number;
}

function spread(rows: readonly Bucket[]): FieldDistribution {
  const shares = Array.from(
    { length: BUCKETS },
    (_, index) => rows.find(({ bucket }) => bucket === index + 1)?.share ?? 0,
  );
  const [first] = rows;
  return Object.assign(new FieldDistribution(), { min: first?.min ?? null, max: first?.max ?? null, shares });
}
