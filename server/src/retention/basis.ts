import { sentence } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { invalid, Refused } from '../platform/refused.ts';
import type { RetentionRule } from './retention-rule.ts';

/** The segments or formulas by which a rule goes are not those any more that were looked at when it was activated. */
export const otherBasis = sentence(
  '规则用到的分群或公式在启用之后有改动，请重新核对将被删除的客户后再启用',
  'A segment or formula that it uses was changed after it was activated: look again at whom it would erase, then activate it',
);

/** What a rule reads, also by way of the rules of segments and the formulas of fields. */
const reached = `
  with recursive reached as (
    select kind collate "C" as kind, key collate "C" as key
      from reference where owner_kind = 'retention' and owner_id = $1
    union
    select r.kind collate "C", r.key collate "C"
      from reached
      join (select 'segment' as kind, key, id::text as id from segment where deleted_at is null
            union all
            select 'field', key, key from field) owner on owner.kind = reached.kind and owner.key = reached.key
      join reference r on r.owner_kind = owner.kind and r.owner_id = owner.id)`;

/**
 * The state of the segments and formulas by which a retention rule tells who is erased, as a text to compare: who may change those, but
 * erase nobody, must not change who is erased.
 */
export async function basisOf(manager: EntityManager, id: string): Promise<string> {
  const [row] = await manager.query<{ basis: string }[]>(
    `${reached}
     select coalesce(md5(string_agg(concat_ws(' ', reached.key, s.status, s.rule, f.formula, converted.id), ',' order by reached.kind, reached.key)), '')
         as basis
       from reached
       left join segment s on reached.kind = 'segment' and s.key = reached.key and s.deleted_at is null
       left join field f on reached.kind = 'field' and f.key = reached.key
       left join lateral (select max(id::text) as id from field_conversion where field_key = f.key) converted on true`,
    [id],
  );
  return row!.basis;
}

/**
 * Whether segments and formulas still are what they were when a rule was activated.
 *
 * @throws {Refused} VALIDATION_FAILED with {@link otherBasis}.
 */
export async function requireSameBasis(manager: EntityManager, { id, basis }: RetentionRule): Promise<void> {
  if ((await basisOf(manager, id)) !== basis) throw invalid([{ path: 'rule', code: 'INVALID', message: otherBasis }]);
}

/** Whether this is what {@link requireSameBasis} refuses with. */
export function isOtherBasis(error: unknown): boolean {
  return error instanceof Refused && error.details.issues?.[0]?.message === otherBasis;
}
