import { checkRule, fieldsOf, segmentsOf, type Node } from '@kequn/rules';
import { fieldCatalogue } from '../../fields/catalogue.ts';
import { noteReads } from '../../fields/references.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { kept } from '../../platform/rule-set.ts';
import type { Segment } from '../segment.ts';

/** Notes what the present rule of a segment reads and what the coming one does: neither is to be taken away meanwhile. */
export async function noteBothReads(tx: Transactional<RequestContext>, segment: Segment, coming: Node): Promise<void> {
  await note(tx, segment, [coming, ...(await presentRule(tx, segment))]);
}

/** Notes what the present rule of a segment reads, and nothing else: no other one is to come. */
export async function notePresentReads(tx: Transactional<RequestContext>, segment: Segment): Promise<void> {
  await note(tx, segment, await presentRule(tx, segment));
}

/** Notes what the present formula of a field reads, and nothing else: no other one is to come. */
export async function notePresentFormula(tx: Transactional<RequestContext>, fieldKey: string): Promise<void> {
  const { levels } = (await kept(tx, fieldCatalogue)).formulas;
  const present = levels.flat().find(({ field }) => field.key === fieldKey);
  const fields = present ? fieldsOf(present.node) : [];
  await noteReads(tx.manager, { ownerKind: 'field', ownerId: fieldKey }, { fields });
}

async function presentRule(tx: Transactional<RequestContext>, { rule }: Segment): Promise<readonly Node[]> {
  const { rules: catalogue } = await kept(tx, fieldCatalogue);
  const outcome = checkRule(rule, catalogue);
  return outcome.ok ? [outcome.value] : [];
}

async function note(tx: Transactional<RequestContext>, { id }: Segment, nodes: readonly Node[]): Promise<void> {
  const reads = {
    fields: new Set(nodes.flatMap((node) => [...fieldsOf(node)])),
    segments: new Set(nodes.flatMap((node) => [...segmentsOf(node).keys()])),
  };
  await noteReads(tx.manager, { ownerKind: 'segment', ownerId: id }, reads);
}
