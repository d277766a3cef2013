import type { CheckScope, Node, Operator } from '../ast.ts';
import type { Json, Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { hasAny } from './has-any.ts';
import { checkHaving } from './having.ts';

/** Checks `{"in":[{"var":""},list]}` behind a field of several options, the only question that is asked of each of them. */
export function checkEach([held, question]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const list = listOf(question!);
  if (list !== undefined) return checkHaving([held!, list], scope, { ...scope, path: `${scope.path}/1/in` });
  const message = sentence('这里只能写 {"in":[{"var":""},[…]]}', 'Only {"in":[{"var":""},[…]]} can stand here');
  return scope.report(`${scope.path}/1`, 'TYPE', message);
}

/** The list in which each option is looked up. */
function listOf(question: Rule): Rule | undefined {
  const [each, list, ...others] = operandsOf(question, 'in');
  const [name, ...further] = operandsOf(each, 'var');
  return name === '' && further.length === 0 && others.length === 0 ? list : undefined;
}

function operandsOf(rule: Rule | undefined, key: string): readonly Json[] {
  if (rule === null || typeof rule !== 'object' || Object.keys(rule).join() !== key) return [];
  const operands = (rule as Readonly<Record<string, Json>>)[key]!;
  return Array.isArray(operands) ? (operands as readonly Json[]) : [operands];
}

/** JSON-logic's own writing of `has_any`. */
export const some: Operator = { ...hasAny, key: 'some', check: checkEach };
