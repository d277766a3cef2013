import { isPredicate, type Call, type Node, type Reader } from './ast.ts';
import { compileCondition, compileNode } from './js.ts';
import type { Row, Value } from './json.ts';
import type { Moment } from './moment.ts';
import { fieldsOf } from './references.ts';
import { sayCondition } from './text.ts';
import { valueTypes } from './types/index.ts';

/** Why a rule holds for one customer, or why not: one condition, or what joins several. */
export interface Explained {
  /** JSON Pointer into the rule as it was sent. */
  readonly path: string;
  readonly text: string;
  /** The JSON-logic key; `var` of a field that is a condition itself, `literal` of yes and no. */
  readonly operation: string;
  readonly result: boolean;
  /** What stands in the place of what the rule does not write out itself; a list where that is several operands. */
  readonly actual?: Value | readonly Value[];
  /** The same in words. */
  readonly actualText?: string;
  /** How far it is from holding, where it does not: "needs 300 more". */
  readonly miss?: string;
  /** Whether the whole is as it is because of this part. */
  readonly decides?: true;
  /** The reader may not know the actual value. */
  readonly redacted?: true;
  readonly children?: readonly Explained[];
}

/** On whom and when a rule is explained, and to whom. */
export interface ExplainedTo {
  readonly row: Row;
  readonly moment: Moment;
  readonly reader: Reader;
  mayRead(fieldKey: string): boolean;
}

/** Explains a checked rule: every condition is asked, those too that did not matter any more. */
export function explainRule(rule: Node, to: ExplainedTo, path = ''): Explained {
  const { row, moment, reader } = to;
  const outcome = { path, text: sayCondition(rule, reader), result: compileCondition(rule)(row, moment) };
  if (rule.kind !== 'call') return { ...outcome, ...operationOf(rule), ...actualOf([rule], to) };
  const operation = rule.operator.key;
  if (rule.operator.gives !== 'join') {
    const actual = actualOf(askedOf(rule), to);
    return { ...outcome, operation, ...actual, ...(!outcome.result && !actual.redacted && missOf(rule, to)) };
  }
  const children = rule.operands.map((operand, index) => {
    const child = explainRule(operand, to, placeOf(rule, operand, index));
    return operation === '!' || child.result === outcome.result ? { ...child, decides: true as const } : child;
  });
  return { ...outcome, operation, children };
}

function operationOf({ kind }: Node): Pick<Explained, 'operation'> {
  return { operation: kind === 'field' ? 'var' : 'literal' };
}

function placeOf({ path, operator }: Call, operand: Node, index: number): string {
  return operand.kind === 'call' ? operand.path : `${path}/${operator.key}/${index}`;
}

/** The operands that the rule does not write out. */
function askedOf(rule: Call): readonly Node[] {
  if (!isPredicate(rule)) return [rule];
  return rule.operands.filter(({ kind }) => kind === 'field' || kind === 'call');
}

function missOf({ operator, operands }: Call, { row, moment, reader }: ExplainedTo): Pick<Explained, 'miss'> {
  if (!operator.sayMiss) return {};
  const values = operands.map((node) => compileNode(node)(row, moment));
  const miss = operator.sayMiss(operands, values, reader);
  return miss === undefined ? {} : { miss };
}

function actualOf(
  nodes: readonly Node[],
  { row, moment, reader, mayRead }: ExplainedTo,
): Pick<Explained, 'actual' | 'actualText' | 'redacted'> {
  const asked = nodes.filter(({ kind }) => kind !== 'literal');
  if (asked.length === 0) return {};
  if (!asked.every((node) => [...fieldsOf(node)].every(mayRead))) return { redacted: true };
  const values = asked.map((node) => compileNode(node)(row, moment));
  const words = asked.map((node, index) => sayValue(node, values[index]!, reader));
  const actual = values.length === 1 ? values[0]! : (values as readonly Value[]);
  return { actual, actualText: words.join(' / ') };
}

function sayValue(node: Node, value: Value, reader: Reader): string {
  if (value === null || node.type === 'NULL') return reader.locale === 'en' ? 'empty' : '空';
  const field = node.kind === 'field' ? node.field : undefined;
  return valueTypes[node.type].say(value, reader.locale, { ...reader, field });
}
