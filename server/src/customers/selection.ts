import { sentence, type Json } from '@kequn/rules';
import { Field as Exposed, ID, InputType } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { askedNow } from '../fields/asked-now.ts';
import { checkedQuestion } from '../fields/check-rule.ts';
import { checkedSearch } from '../fields/customer-search.ts';
import { selectIds, type CustomerQuery } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { RuleScalar } from '../platform/graphql/scalars.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';

/** Customers by what they match; nothing given: everybody. */
@InputType()
export class CustomerMatchInput {
  @Exposed(() => RuleScalar, { nullable: true }) filter?: unknown;
  @Exposed(() => String, { nullable: true }) search?: string | null;
}

/** Customers that something is to be done with: those named, or all that match. */
@InputType({ description: 'Exactly one of ids and matching.' })
export class CustomerSelectionInput {
  @Exposed(() => [ID], { nullable: true }) ids?: string[] | null;
  @Exposed(() => CustomerMatchInput, { nullable: true }) matching?: CustomerMatchInput | null;
}

/** A selection as a job keeps it. */
export interface StoredSelection {
  readonly ids: readonly string[] | null;
  readonly filter: Json;
  readonly search: string | null;
}

/**
 * Reads what was sent.
 *
 * @throws {Refused} VALIDATION_FAILED unless it says one thing, LIMIT_EXCEEDED for too many ids.
 */
export function readSelection({ ids, matching }: CustomerSelectionInput): StoredSelection {
  if (Boolean(ids) === Boolean(matching)) {
    const message = sentence('请指明客户，或指明条件', 'Name customers, or what they match');
    throw invalid([{ path: 'selection', code: 'INVALID', message }]);
  }
  if (ids && ids.length > limits.selectedIds) {
    throw refused('LIMIT_EXCEEDED', { limit: 'selectedIds', max: limits.selectedIds });
  }
  return {
    ids: ids?.filter(isUuid).map((id) => id.toLowerCase()) ?? null,
    filter: (matching?.filter ?? null) as Json,
    search: matching?.search ?? null,
  };
}

/**
 * The customers of a selection, as the viewer may ask for them now.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED.
 */
export async function selectionQuery(
  tx: Transactional<Context>,
  { ids, filter, search }: StoredSelection,
): Promise<CustomerQuery> {
  const asked = filter === null ? undefined : await askedNow(tx, await checkedQuestion(tx, filter));
  return { filter: asked, search: await checkedSearch(tx, search), ...(ids && { ids }) };
}

/** The ids of the next customers of a selection, in the order of ids; those made later than `beforeId` are not among them. */
export async function nextOf(
  tx: Transactional<Context>,
  selection: StoredSelection,
  { afterId, beforeId, limit }: { afterId: string | null; beforeId: string; limit: number },
): Promise<readonly string[]> {
  return selectIds(tx, await selectionQuery(tx, selection), { afterId, beforeId, limit });
}
