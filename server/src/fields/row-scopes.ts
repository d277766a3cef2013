import {
  checkRule,
  fieldsOf,
  ruleToSql,
  segmentsOf,
  viewerAnswers,
  type Moment,
  type Node,
  type SqlParameters,
} from '@kequn/rules';
import { rightsOf, roles, type KnownRole, type Rights } from '../access/gate.ts';
import type { KeepScope } from '../access/save-role.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept, type Kept, type RuleSetReader } from '../platform/rule-set.ts';
import { momentNow } from './asked-now.ts';
import { fieldCatalogue } from './catalogue.ts';
import { askedByViewer, checkedQuestion } from './check-rule.ts';
import { customerTarget } from './customer-table.ts';
import { noteReads } from './references.ts';
import { segmentReads } from './segment-reads.ts';

/** The scope of each role that has one; null where what is stored is a rule no more. */
const rowScopes: Kept<ReadonlyMap<string, Node | null>> = {
  name: 'row scopes',
  async load(tx) {
    const catalogue = askedByViewer((await kept(tx, fieldCatalogue)).rules);
    const scoped = [...(await kept(tx, roles)).values()].filter(({ role }) => role.rowScope !== null);
    return new Map(
      scoped.map(({ role }) => {
        const checked = checkRule(role.rowScope, catalogue);
        return [role.id, checked.ok ? checked.value : null];
      }),
    );
  },
};

/** The roles whose scopes are rules no more, as what uses what they named. */
export async function brokenScopes(tx: RuleSetReader): Promise<{ kind: 'role'; id: string; name: string }[]> {
  const known = await kept(tx, roles);
  const broken = [...(await kept(tx, rowScopes))].filter(([, rule]) => rule === null);
  return broken.map(([id]) => ({ kind: 'role', id, name: known.get(id)!.role.name }));
}

/**
 * Checks the scope of a role by the rights of who gives it, and notes what it reads. The members of a segment that is only shared with the giver
 * are not passed on: the users of the role would be told who they are.
 */
export const keepScope: KeepScope = async (tx, { id, rowScope }) => {
  const rule = rowScope === null ? undefined : await checkedQuestion(tx, rowScope);
  if (rule && !(await readsAllOf(tx, rule))) throw refused('FORBIDDEN');
  const reads = { fields: rule ? fieldsOf(rule) : [], segments: rule ? segmentsOf(rule).keys() : [] };
  await noteReads(tx.manager, { ownerKind: 'role', ownerId: id }, reads);
};

async function readsAllOf(tx: Transactional<Context>, rule: Node): Promise<boolean> {
  const reads = await kept(tx, segmentReads);
  const told = reads.idsOf(segmentsOf(rule).keys()).flatMap((id) => [...reads.readBy(id)]);
  return told.length === 0 || (await rightsOf(tx)).mayAll([...fieldsOf(rule), ...told], 'filter');
}

/** Writes, for each role of the viewer, which of the customers `customer c` it sees, as an SQL condition. */
export async function scopeWriter(
  tx: Transactional<Context>,
  rights: Rights,
  parameters: SqlParameters,
): Promise<(role: KnownRole) => string> {
  if (!rights.isScoped) return () => 'true';
  const scopes = await kept(tx, rowScopes);
  const moment = await momentNow(tx);
  return ({ role }) => (role.rowScope === null ? 'true' : condition(scopes.get(role.id), moment, parameters));
}

/** A viewer who lacks an attribute that the scope names sees nobody by it, and nobody is seen by a scope that is a rule no more. */
function condition(rule: Node | null | undefined, moment: Moment, parameters: SqlParameters): string {
  return rule && viewerAnswers(rule, moment) ? ruleToSql(rule, customerTarget(parameters, moment)) : 'false';
}
