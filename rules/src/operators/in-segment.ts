import type { Node, Operator, Reader } from '../ast.ts';
import { sentence } from '../locale.ts';
import { segmentsIn, segmentsKey } from '../memberships.ts';

const noMembershipHere = sentence('这里不能用分群', 'Membership of segments cannot be asked here');
const noSuchSegment = sentence('没有这个分群', 'There is no such segment');
const isMember = sentence('在分群「{}」中', 'is in the segment “{}”');
const isNoMember = sentence('不在分群「{}」中', 'is not in the segment “{}”');

/**
 * Whether the customer is a member of a segment, by its key: stored membership, not the rule written out. Nobody is in a draft or a
 * paused segment.
 */
export const inSegment: Operator = {
  key: 'in_segment',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 1, max: 1 },
  check([key], scope) {
    const { segments } = scope.catalogue;
    if (!segments || scope.isOnEvents) return scope.report(scope.path, 'TYPE', noMembershipHere);
    if (typeof key !== 'string' || !segments.has(key))
      return scope.report(`${scope.path}/0`, 'UNKNOWN_SEGMENT', noSuchSegment);
    return [Object.freeze({ kind: 'literal', type: 'TEXT', value: key } as const)];
  },
  js([segment]) {
    const key = keyOf(segment!);
    return (row) => segmentsIn(row).includes(key);
  },
  sql: ([segment], target) => target.member(keyOf(segment!)),
  portable: ([segment]) => ({ in: [keyOf(segment!), { var: segmentsKey }] }),
  say: ([segment], reader) => say(isMember[reader.locale], keyOf(segment!), reader),
  sayNot: ([segment], reader) => say(isNoMember[reader.locale], keyOf(segment!), reader),
};

function say(words: string, key: string, { segments }: Reader): string {
  return words.replace('{}', () => segments?.get(key) ?? key);
}

function keyOf(segment: Node): string {
  if (segment.kind !== 'literal') throw new Error('The check lets only keys of segments through');
  return String(segment.value);
}
