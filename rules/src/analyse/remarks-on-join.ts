import type { Call, Node } from '../ast.ts';
import { sentence } from '../locale.ts';
import { fieldsOf, readsClock } from '../references.ts';
import type { Diagrams } from './diagram.ts';
import type { Remark } from './finding.ts';
import { conflictOf, followers, needless, related, type Part, type Surplus } from './parts.ts';

const noneMeetsAll = sentence('没有客户能同时满足：{and}', 'No customer can meet all of these: {and}');
const allMeetOne = sentence('每个客户都满足其中一项：{or}', 'Every customer meets one of these: {or}');
const meantAnd = sentence(
  '每个客户都满足其中一项：{or}。要把这些客户都排除，请用“且”',
  'Every customer meets one of these: {or}. To leave all of them out, use “and”',
);
const same = sentence('{0}与{1}意思相同，留一项即可', '{0} says the same as {1}: one of them is enough');
const leavesNobodyOut = sentence(
  '满足{1}的客户都满足{0}，这一项没有多排除任何客户',
  'Whoever meets {1} also meets {0}, so this leaves nobody else out',
);
const addsNobody = sentence(
  '满足{0}的客户都已满足{1}，这一项没有增加任何客户',
  'Whoever meets {0} already meets {1}, so this adds nobody',
);
const changesNothing = sentence('有其他各项在，{0}不起作用', 'Beside the other conditions, {0} changes nothing');

/** What conditions that are joined say in vain together; what one of them says in vain alone is told of itself. */
export function remarksOnJoin(join: Call, parts: readonly Part[], diagrams: Diagrams): readonly Remark[] {
  const groups = related(parts, diagrams);
  const conflict = groups.map((group) => conflictOf(group, diagrams)).find((core) => core.length > 0);
  if (conflict) return [conflictRemark(join, conflict)];
  if (parts.length < 2) return [];
  return groups.flatMap((group) => {
    const following = followers(group, diagrams);
    const found = new Set(following.map(({ part }) => part));
    const others = group.filter((part) => !found.has(part));
    return [...following, ...needless(others, diagrams)].map((surplus) => surplusRemark(join, surplus));
  });
}

function conflictRemark({ operator, path }: Call, core: readonly Part[]): Remark {
  const nodes = core.map((part) => part.node);
  if (operator.key === 'and') return { code: 'IMPOSSIBLE', path, words: noneMeetsAll, nodes };
  return isMeantAsAnd(nodes)
    ? { code: 'NEGATION_UNDER_OR', path, words: meantAnd, nodes }
    : { code: 'ALWAYS_TRUE', path, words: allMeetOne, nodes };
}

/** Whether all are denials that speak of one field, which "or" makes true of everybody. */
function isMeantAsAnd(nodes: readonly Node[]): boolean {
  const fields = new Set(nodes.flatMap((node) => [...fieldsOf(node)]));
  return nodes.length > 1 && fields.size === 1 && nodes.every((node) => isDenial(node) && !readsClock(node));
}

function isDenial(node: Node): boolean {
  return node.kind === 'call' && ['!', '!=', 'has_none'].includes(node.operator.key);
}

function surplusRemark({ operator }: Call, { part: { node, path }, other, isSame }: Surplus): Remark {
  if (!other) return { code: 'REDUNDANT', path, words: changesNothing, nodes: [node] };
  const both = { path, other: other.path, nodes: [node, other.node] };
  if (isSame) return { code: 'REDUNDANT', words: same, ...both };
  return { code: 'SUBSET_OF', words: operator.key === 'and' ? leavesNobodyOut : addsNobody, ...both };
}
