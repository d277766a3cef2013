import { typedAs, type Node, type Operator } from '../ast.ts';
import { sentence } from '../locale.ts';
import { staysListedInSql } from '../schedule/beside-in-sql.ts';
import { staysListed } from '../schedule/beside.ts';
import { placeOf } from '../schedule/spans.ts';
import { staysTogetherInSql } from '../schedule/stays-in-sql.ts';
import { staysTogether } from '../schedule/stays.ts';
import { literalsOf, type Containment } from './containment.ts';
import { inList } from './in-list.ts';
import { inOptions } from './in-options.ts';
import { inText } from './in-text.ts';

const noAttribute = sentence('列表不能取自当前用户的属性', 'An attribute of the viewer cannot be the list');

/** Which `in` it is, by what was checked to stand on the right. */
function meaningOf([, right]: readonly Node[]): Containment {
  if (right?.kind === 'list') return inList;
  return right?.type === 'OPTIONS' ? inOptions : inText;
}

/** Is one of a list, is part of a text, or is one of several options; false when either side is empty. */
export const isIn: Operator = {
  key: 'in',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  check(operands, scope) {
    if (Array.isArray(operands[1])) return inList.check(operands, scope);
    const right = scope.operand(1);
    if (right === undefined) return undefined;
    // An attribute stands for a list here, never for a text in which another one is looked for.
    if (typedAs(right, 'TEXT')) return scope.report(`${scope.path}/1`, 'TYPE', noAttribute);
    return (right.type === 'OPTIONS' ? inOptions : inText).check(operands, scope);
  },
  js: (operands) => meaningOf(operands).js(operands),
  sql: (operands, target) => meaningOf(operands).sql(operands, target),
  portable: (operands) => meaningOf(operands).portable(operands),
  course: {
    js(operands) {
      if (operands[1]!.kind !== 'list') return staysTogether(operands);
      const places = literalsOf(operands).map(({ value }) => placeOf(value));
      return staysListed(operands[0]!, places);
    },
    sql(operands, target) {
      const [subject, list] = operands;
      if (list!.kind !== 'list') return staysTogetherInSql(operands, target);
      return staysListedInSql(subject!, list!, target);
    },
  },
  say: (operands, reader) => meaningOf(operands).say(operands, reader, false),
  sayNot: (operands, reader) => meaningOf(operands).say(operands, reader, true),
};
