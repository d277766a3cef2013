import type { CheckScope, Node, Operator, Reader, SqlTarget } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence } from '../locale.ts';
import { nodeToPortable, whenNoneIsEmpty } from '../portable.ts';
import { operandsOnce } from '../sql.ts';
import { joinWords, sayNode, sayOperand } from '../text.ts';
import { refuseNull } from './comparing.ts';
import { checkList, madeOfList, valuesAt } from './containment.ts';
import { isOfViewer } from './me.ts';

const inside = sentence('在', 'is in');
const outside = sentence('不在', 'is not in');
const end = sentence('内', '');

/** What the codes inside a division begin with: `440000` contains all of `44`, `440300` all of `4403`, any other only itself. */
export function regionPrefix(code: string): string {
  if (code.endsWith('0000')) return code.slice(0, 2);
  return code.endsWith('00') ? code.slice(0, 4) : code;
}

function check([, raw]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const path = `${scope.path}/0`;
  const left = scope.operand(0);
  if (left?.type === 'NULL') return refuseNull(scope, path);
  const place = left && scope.settle(left, 'REGION', undefined, path);
  // One code is short for a list of one.
  const list = checkList(
    Array.isArray(raw) || isOfViewer(raw!) ? raw! : [raw!],
    { type: 'REGION', field: undefined },
    scope,
  );
  return place && list && [place, list];
}

function prefixesOf(codes: readonly Value[]): readonly string[] {
  return codes.map((code) => regionPrefix(String(code)));
}

/** Prefixes by their length, so that each length is one look into a list. */
function toSql(operands: readonly Node[], target: SqlTarget): string {
  const prefixes = prefixesOf(valuesAt(operands[1]!, target.moment));
  if (prefixes.length === 0) return '(FALSE)';
  return operandsOnce([operands[0]!], target, ([place]) => {
    const looks = [2, 4, 6].flatMap((length) => {
      const alike = prefixes.filter((prefix) => prefix.length === length);
      return alike.length === 0 ? [] : [`left(${place!}, ${length}) = ANY(${target.parameter(alike)}::text[])`];
    });
    return `((${looks.join(' OR ')}) IS TRUE)`;
  });
}

function say([place, list]: readonly Node[], reader: Reader, negated: boolean): string {
  const words = [
    sayOperand(place!, reader),
    (negated ? outside : inside)[reader.locale],
    sayNode(list!, reader),
    end[reader.locale],
  ];
  return joinWords(
    words.filter((word) => word !== ''),
    reader,
  );
}

/** Lies in one of the divisions, at any depth. */
export const withinRegion: Operator = {
  key: 'within_region',
  type: 'BOOLEAN',
  gives: 'predicate',
  arity: { min: 2, max: 2 },
  check,
  js(operands) {
    const place = compileNode(operands[0]!);
    const prefixes = madeOfList(operands[1]!, prefixesOf);
    return (row, moment) => isWithin(place(row, moment), prefixes(moment));
  },
  sql: toSql,
  portable: ([place, list]) =>
    whenNoneIsEmpty([place!], ([code]) => ({ within_region: [code!, nodeToPortable(list!)] })),
  say: (operands, reader) => say(operands, reader, false),
  sayNot: (operands, reader) => say(operands, reader, true),
};

/** Whether a code begins with one of the prefixes; false where there is none. */
export function isWithin(code: Value, prefixes: readonly string[]): boolean {
  return typeof code === 'string' && prefixes.some((prefix) => code.startsWith(prefix));
}
