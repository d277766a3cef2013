import type { Node, Operator } from '../ast.ts';
import { staysListedInSql } from '../schedule/beside-in-sql.ts';
import { staysListed } from '../schedule/beside.ts';
import { placeOf } from '../schedule/spans.ts';
import { staysTogetherInSql } from '../schedule/stays-in-sql.ts';
import { staysTogether } from '../schedule/stays.ts';
import { madeOfList, type Containment } from './containment.ts';
import { inList } from './in-list.ts';
import { inOptions } from './in-options.ts';
import { inText } from './in-text.ts';
import { isOfViewer } from './me.ts';

/** Which `in` it is, by what was checked to stand on the right. */
function meaningOf([, right]: readonly Node[]): Containment {
  if (right?.kind === 'list' || right?.kind === 'viewerList') return inList;
  return right?.type === 'OPTIONS' ? inOptions : inText;
}

/** Is one of a list, is part of a text, or is one of several options; false when either side is empty. */
export const isIn: Operator = {
  key: 'in',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  check(operands, scope) {
    // An attribute stands for a list here, never for a text in which another one is looked for.
    if (Array.isArray(operands[1]) || isOfViewer(operands[1]!)) return inList.check(operands, scope);
    const right = scope.operand(1);
    if (right === undefined) return undefined;
    return (right.type === 'OPTIONS' ? inOptions : inText).check(operands, scope);
  },
  js: (operands) => meaningOf(operands).js(operands),
  sql: (operands, target) => meaningOf(operands).sql(operands, target),
  portable: (operands) => meaningOf(operands).portable(operands),
  course: {
    js(operands) {
      const [subject, list] = operands;
      if (meaningOf(operands) !== inList) return staysTogether(operands);
      return staysListed(
        subject!,
        madeOfList(list!, (values) => values.map(placeOf)),
      );
    },
    sql(operands, target) {
      const [subject, list] = operands;
      if (meaningOf(operands) !== inList) return staysTogetherInSql(operands, target);
      return staysListedInSql(subject!, list!, target);
    },
  },
  say: (operands, reader) => meaningOf(operands).say(operands, reader, false),
  sayNot: (operands, reader) => meaningOf(operands).say(operands, reader, true),
};
