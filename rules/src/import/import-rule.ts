import type { Node } from '../ast.ts';
import type { Catalogue } from '../catalogue.ts';
import { checkRule } from '../check.ts';
import { fieldTypes } from '../fields/index.ts';
import type { Rule } from '../json.ts';
import type { Checked, Problem, RuleProblemCode } from '../problem.ts';
import { originOf, refusedOf, ruleOf, type Part } from './part.ts';
import { translate } from './translate.ts';

/** A foreign rule in this language. */
export interface ImportedRule {
  readonly rule: Rule;
  /** The same, checked. */
  readonly node: Node;
}

/**
 * Takes over a rule of JSON-logic as others write it, the output of react-querybuilder among it: what can be said here with the same
 * meaning is written so. All that cannot is listed, each with a JSON Pointer into what was sent. Never throws, whatever it is given.
 */
export function importRule(foreign: unknown, catalogue: Catalogue): Checked<ImportedRule, RuleProblemCode> {
  const part = translate({ raw: foreign as Rule, path: '', depth: 0 }, 'truth', (name) => {
    const field = catalogue.fields.get(name);
    return field && fieldTypes[field.type].valueType;
  });
  const rule = ruleOf(part);
  const [outcome, refused] = [checkRule(rule, catalogue), refusedOf(part)];
  if (outcome.ok && refused.length === 0) return { ok: true, value: { rule, node: outcome.value } };
  const found = outcome.ok ? [] : outcome.problems.map((problem) => ofForeign(problem, part, foreign));
  const others = found.filter(({ path }) => !refused.some((each) => each.path === path));
  return { ok: false, problems: [...refused, ...others] };
}

/** A problem of the rule as one of what was sent: its place there, or the nearest around it. */
function ofForeign(problem: Problem<RuleProblemCode>, part: Part, foreign: unknown): Problem<RuleProblemCode> {
  let path = originOf(part, problem.path);
  while (path !== '' && valueAt(path, foreign) === undefined) path = path.slice(0, path.lastIndexOf('/'));
  return { ...problem, path };
}

function valueAt(path: string, foreign: unknown): unknown {
  const steps = path.split('/').slice(1);
  return steps.reduce<unknown>((value, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }, foreign);
}
