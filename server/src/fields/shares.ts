import { rightsOf, type KnownRole } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { seesAsMuch } from '../access/within-own-rights.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { segmentReads } from './segment-reads.ts';

/**
 * Nothing is shared that one does not read oneself, on as many customers at least as the role sees.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireMayShare(
  tx: Transactional<Context>,
  segmentId: string,
  given: readonly KnownRole[],
): Promise<void> {
  const rights = await rightsOf(tx);
  const reads = (await kept(tx, segmentReads)).readBy(segmentId);
  const reading = rights.held.filter((role) => rights.alone(role).mayAll(reads, 'filter'));
  if (given.some((role) => !reading.some((own) => seesAsMuch(own, role)))) throw refused('FORBIDDEN');
}
