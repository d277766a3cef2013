import type { Node, Reader } from '../ast.ts';
import { labelOf } from '../fields/field-definition.ts';
import { joinWords, sayOperand } from '../text.ts';

/** Whether all is asked for, and whether it is denied. */
interface Mode {
  readonly negated: boolean;
  readonly all: boolean;
}

/** That a field of several options includes what is named. */
export function sayIncluding(held: Node, object: string, reader: Reader, mode: Mode): string {
  const verb = reader.locale === 'en' ? verbInEnglish(held, mode) : verbInChinese(mode);
  return joinWords([sayOperand(held, reader), verb, object], reader);
}

function verbInEnglish(held: Node, { negated, all }: Mode): string {
  const isMany = isPlural(held);
  const verb = negated ? `${isMany ? 'do' : 'does'} not include` : isMany ? 'include' : 'includes';
  return all ? `${verb} all of` : verb;
}

function verbInChinese({ negated, all }: Mode): string {
  if (all) return negated ? '没有同时含有' : '同时含有';
  return negated ? '不含' : '含有';
}

/** Whether the English name of a field of several options is a plural, as most are: Tags, but not Status or Address. */
export function isPlural(node: Node): boolean {
  return node.kind === 'field' && node.type === 'OPTIONS' && /[^siu]s$/i.test(labelOf(node.field, 'en'));
}
