import { sentence } from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Field } from '../fields/field.ts';
import { fieldToChange, readsOfAll } from '../fields/update-field.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { rebuildUnderWay } from '../segments/rebuild/rebuild.ts';

/**
 * A field whose values are looked at for a change of type, or of what stands in them: needs MANAGE_FIELDS, and a role that reads the field of
 * every customer, since it tells what there is.
 *
 * @throws {Refused} NOT_FOUND, CONFLICT, FORBIDDEN, FIELD_FORBIDDEN.
 */
export async function fieldToConvert(tx: Transactional<Context>, key: string, version?: number | null): Promise<Field> {
  const field = await fieldToChange(tx, key, version);
  if (!(await rightsOf(tx)).may(key, 'filter')) throw refused('FIELD_FORBIDDEN', { fields: [key] });
  if (!(await readsOfAll(tx, key))) throw refused('FORBIDDEN');
  return field;
}

/**
 * Refuses while members are made anew by rules that are yet to come.
 *
 * @throws {Refused} VALIDATION_FAILED.
 */
export async function requireNoRebuild(tx: Transactional<Context>, path: string): Promise<void> {
  if (await kept(tx, rebuildUnderWay)) throw invalid([{ path, code: 'INVALID', message: busy }]);
}

const busy = sentence(
  '上一次修改还在计算中，请等它完成后再改',
  'A change before this one is still being worked out: try again once it is done',
);
