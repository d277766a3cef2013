import { sentence } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { columnOf, comingColumnOf, dropFormerColumn, keepFormerColumn } from '../fields/customer-table.ts';
import { Field } from '../fields/field.ts';
import { keepFieldRule } from '../fields/field-rules.ts';
import { claimAnew, claimForEverybody, releaseForEverybody } from '../fields/identities.ts';
import { publicPart } from '../fields/update-field.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { liveRules } from '../segments/live-rules.ts';
import type { Converting } from './convert-column.ts';
import { FieldConversion, typedSettings } from './field-conversion.ts';

/**
 * Makes a field what it becomes, with its unique values, once what was written beside what customers had has taken its place; what they had
 * is kept. The caller holds G alone and the owner's role.
 *
 * @throws {Refused} VALIDATION_FAILED where customers would share a value that each is to have alone; RULE_INVALID, FIELD_FORBIDDEN of the
 * field's rule.
 */
export async function putType(tx: Transactional<Context>, converting: Converting): Promise<void> {
  const { id, before, after, undone } = converting;
  const noted = await noteConversion(tx, converting);
  if (undone) await endUndone(tx, undone, noted);
  await tx.manager.save(Field, after);
  await keepFormerColumn(tx.manager, after.key, id);
  await keepFieldRule(tx, after);
  for (const what of [fieldCatalogue, liveRules]) tx.ruleSet.values.delete(what);
  await claimValues(tx, before, after);
  await record(tx, converting, noted);
}

async function noteConversion(tx: Transactional<Context>, { id, before, after, undone }: Converting) {
  const [counts] = await tx.manager.query<{ converted: number; setAside: number }[]>(
    `select (select count(${columnOf(after.key)})::int from customer c) as converted,
            (select count(*)::int from field_conversion_value where conversion_id = $1) as "setAside"`,
    [id],
  );
  const conversion = Object.assign(new FieldConversion(), {
    id,
    fieldKey: after.key,
    from: typedSettings(before),
    to: typedSettings(after),
    timeZone: tx.database.timeZone,
    at: await tx.clock.now(tx.manager),
    by: tx.viewer.user.id,
    ...counts,
    undoes: undone?.id ?? null,
    undoneAt: null,
    droppedAt: null,
  });
  return tx.manager.save(FieldConversion, conversion);
}

/** What customers have again is set aside no more; of whoever was given another value since, it stays. */
async function endUndone(
  { manager }: Transactional<Context>,
  undone: FieldConversion,
  { at, fieldKey }: FieldConversion,
): Promise<void> {
  await manager.save(FieldConversion, Object.assign(undone, { undoneAt: at, droppedAt: at }));
  await manager.query(
    `with given as (
       delete from field_conversion_value v using customer c
        where v.conversion_id = $1 and c.id = v.customer_id and ${comingColumnOf(fieldKey)} is null
       returning 1)
     update field_conversion set set_aside = set_aside - (select count(*) from given) where id = $1`,
    [undone.id],
  );
  await dropFormerColumn(manager, undone.id);
}

async function claimValues({ manager }: Transactional<Context>, before: Field, { key, unique }: Field): Promise<void> {
  if (before.unique && !unique) await releaseForEverybody(manager, key);
  if (!unique) return;
  const shared = await (before.unique ? claimAnew(manager, key) : claimForEverybody(manager, key));
  if (shared > 0) throw invalid([{ path: 'unique', code: 'NOT_UNIQUE', message: notUnique }]);
}

const notUnique = sentence(
  '转换后有客户的值与他人重复，不能设为唯一',
  'Once converted, some customers have a value that another one has: it cannot be unique',
);

async function record(
  tx: Transactional<Context>,
  { before, after, undone }: Converting,
  { converted, setAside }: FieldConversion,
): Promise<void> {
  const told = (field: Field) => ({ type: field.type, ...(!undone && publicPart(field)) });
  await recordAudit(tx, {
    action: undone ? 'field.conversionUndone' : 'field.converted',
    target: `field:${after.key}`,
    changes: { from: told(before), to: told(after), converted, setAside },
  });
}
