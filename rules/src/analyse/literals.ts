import type { Call, Literal, Node } from '../ast.ts';
import type { FieldType } from '../fields/field-definition.ts';
import { sentence, type Sentence } from '../locale.ts';
import type { Remark } from './finding.ts';

const untrimmed = sentence(
  '{0}保存时会去掉首尾的空白，永远不会等于{1}',
  '{0} is stored without spaces at its ends, so it never equals {1}',
);
const manyLines = sentence(
  '{0}只有一行，永远不会等于含有换行或制表符的{1}',
  '{0} is a single line, so it never equals {1}, which holds a line break or a tab',
);
const upperCase = sentence('{0}按小写保存，永远不会等于{1}', '{0} is stored in lower case, so it never equals {1}');
const notDialled = sentence(
  '{0}按国际格式保存（如 +8613800138000），永远不会等于{1}',
  '{0} is stored with its country code (such as +8613800138000), so it never equals {1}',
);

/** Why no stored value of a field of a type can be a text; undefined where one may. */
function whyNever(type: FieldType, text: string): Sentence | undefined {
  if (text !== text.trim()) return untrimmed;
  if (type !== 'LONG_TEXT' && /[\t\n]/.test(text)) return manyLines;
  if (type === 'EMAIL' && text !== text.toLowerCase()) return upperCase;
  return type === 'PHONE' && !/^\+\d+$/.test(text) ? notDialled : undefined;
}

/** The texts that a comparison asks of a field in vain. */
export function unequalLiterals(call: Call): readonly Remark[] {
  const field = call.operands.find((node) => node.kind === 'field' && node.type === 'TEXT');
  if (field?.kind !== 'field') return [];
  return literalsOf(call).flatMap(({ literal, path }): readonly Remark[] => {
    const words = whyNever(field.field.type, String(literal.value));
    return words ? [{ code: 'UNEQUAL_LITERAL', path, words, nodes: [field, literal] }] : [];
  });
}

/** The texts that a field must equal, each with its place. */
function literalsOf({ operator: { key }, operands, path }: Call): readonly { literal: Literal; path: string }[] {
  if (key === 'in') return textsOf(operands[1]!.kind === 'list' ? operands[1]!.literals : [], `${path}/in/1`);
  return key === '==' || key === '!=' ? textsOf(operands, `${path}/${key}`) : [];
}

function textsOf(nodes: readonly Node[], path: string): readonly { literal: Literal; path: string }[] {
  return nodes.flatMap((literal, index) =>
    literal.kind === 'literal' && literal.type === 'TEXT' ? [{ literal, path: `${path}/${index}` }] : [],
  );
}
