import type { CheckScope, Node, Operator, Reader } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';
import { nodeToPortable } from '../portable.ts';
import { bindInSql, operandsOnce } from '../sql.ts';
import { sayAround, sayOperand } from '../text.ts';
import { checkAs } from './comparing.ts';

const first = sentence('{}的前 {n} 个字符', 'the first {n} characters of {}');
const last = sentence('{}的最后 {n} 个字符', 'the last {n} characters of {}');

function check(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((_, index) => checkAs(index === 0 ? 'TEXT' : 'NUMBER', index, scope));
  return nodes.every((node) => node !== undefined) ? nodes : undefined;
}

/** A part of a text in code points, as `substr` of JSON-logic counts: a negative length leaves off that many. */
export function partOfText(text: Value, start: Value, length: Value | undefined): string | null {
  if (typeof text !== 'string' || typeof start !== 'number' || length === null) return null;
  const behind = Array.from(text).slice(Math.trunc(start));
  if (length === undefined) return behind.join('') || null;
  const count = Number(length) < 0 ? behind.length + Number(length) : Number(length);
  return behind.slice(0, Math.max(Math.trunc(count), 0)).join('') || null;
}

/** Where a part begins, from 0 to the length of the text; empty where the start is. */
function beginInSql(start: string, size: string): string {
  return `CASE WHEN ${start} < 0 THEN GREATEST(${size} + ${start}, 0) WHEN ${start} < ${size} THEN ${start} WHEN ${start} >= ${size} THEN ${size} END`;
}

/** How long it is, from 0 to what is left of the text; empty where the length is. */
function countInSql(length: string, left: string): string {
  return `CASE WHEN ${length} < 0 THEN GREATEST(trunc(${left} + ${length}), 0) WHEN ${length} < ${left} THEN trunc(${length}) WHEN ${length} >= ${left} THEN ${left} END`;
}

function literalOf(node: Node | undefined): number | undefined {
  return node?.kind === 'literal' ? Math.trunc(Number(node.value)) : undefined;
}

function say([text, start, length]: readonly Node[], reader: Reader): string {
  const [from, count] = [literalOf(start), literalOf(length)];
  const ofText = (words: Sentence) => sayAround(words, sayOperand(text!, reader), reader);
  if (from === 0 && count !== undefined && count > 1) return ofText(filled(first, count));
  if (from !== undefined && from < -1 && length === undefined) return ofText(filled(last, -from));
  const place = from === undefined ? placeInWords(sayOperand(start!, reader)) : countedPlace(from);
  const reach = length === undefined ? sentence('', ' on') : reachInWords(count, sayOperand(length, reader));
  return ofText(
    sentence(`{}从${place['zh-CN']}起${reach['zh-CN']}的部分`, `the part of {} from ${place.en}${reach.en}`),
  );
}

function filled(words: Sentence, n: number): Sentence {
  return sentence(words['zh-CN'].replace('{n}', String(n)), words.en.replace('{n}', String(n)));
}

function countedPlace(from: number): Sentence {
  return from < 0
    ? sentence(`倒数第 ${-from} 个字符`, `character ${-from} from the end`)
    : sentence(`第 ${from + 1} 个字符`, `character ${from + 1}`);
}

function placeInWords(start: string): Sentence {
  return sentence(`位置${start}（第一个是 0）`, `position ${start} (the first is 0)`);
}

function reachInWords(count: number | undefined, length: string): Sentence {
  if (count === undefined) return sentence(`、长度为${length}`, `, ${length} characters long`);
  return count < 0
    ? sentence(`、去掉最后 ${-count} 个字符`, `, without the last ${-count} characters`)
    : sentence(`、长 ${count} 个字符`, `, ${count} characters long`);
}

/** A part of a text, counted in code points; empty where nothing is left. */
export const substr: Operator = {
  key: 'substr',
  type: 'TEXT',
  gives: 'value',
  isCompound: true,
  arity: { min: 2, max: 3 },
  check,
  js(operands) {
    const [text, start, length] = operands.map(compileNode);
    return (row, moment) => partOfText(text!(row, moment), start!(row, moment), length?.(row, moment));
  },
  sql: (operands, target) =>
    operandsOnce(operands, target, ([text, start, length]) => {
      const size = `length(${text!})::double precision`;
      const bound = [text!, size, beginInSql(`trunc(${start!})`, size), ...(length === undefined ? [] : [length])];
      const empty = `${target.parameter('')}::text`;
      return bindInSql(bound, ([whole, all, begin, count]) => {
        const left = `(${all!} - ${begin!})`;
        const taken = count === undefined ? left : countInSql(count, left);
        return `NULLIF(substr(${whole!}, (${begin!} + 1)::int, (${taken})::int), ${empty})`;
      });
    }),
  portable: (operands) => ({ substr_cp: operands.map(nodeToPortable) }),
  say,
};
