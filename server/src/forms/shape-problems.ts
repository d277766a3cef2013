import { hasForbiddenCharacter, sentence, type Problem, type ValueProblemCode } from '@kequn/rules';
import type { z } from 'zod';
import { forbiddenCharacter } from '../platform/label-in.ts';

type Issue = z.core.$ZodIssue;

const words: Readonly<Partial<Record<Issue['code'], [ValueProblemCode, Problem['message']]>>> = {
  invalid_type: ['WRONG_TYPE', sentence('类型不对', 'It has the wrong type')],
  too_big: ['TOO_LONG', sentence('太多或太长', 'It is too much or too long')],
  too_small: ['TOO_SHORT', sentence('太少或太短', 'It is too little or too short')],
};
const unknown = sentence('不认识的内容', 'This is not known here');

/** What is wrong with the shape of something, each with its place as a JSON Pointer behind the one given. */
export function shapeProblems(issues: readonly Issue[], at: string): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, at));
}

function problemsOf(issue: Issue, at: string): Problem[] {
  const path = [at, ...issue.path.map(String)].join('/');
  // Of several shapes that a part may have, the one that it is nearest to was meant.
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return shapeProblems(issue.errors.toSorted((a, b) => a.length - b.length)[0]!, path);
  const [code, message] = words[issue.code] ?? (['INVALID', unknown] as const);
  return [{ path, code, message }];
}

/** The places of texts within a thing that hold what no text may hold; Postgres would refuse some of it. */
export function textProblems(thing: unknown, at: string): Problem[] {
  if (typeof thing === 'string') return hasForbiddenCharacter(thing, 'tab and newline') ? [forbiddenCharacter(at)] : [];
  if (typeof thing !== 'object' || thing === null) return [];
  return Object.entries(thing).flatMap(([key, value]) => [
    ...(hasForbiddenCharacter(key, 'none') ? [forbiddenCharacter(at)] : []),
    ...textProblems(value, `${at}/${key}`),
  ]);
}
