import type { CombinedError } from '@urql/vue';

/** The codes of refusals that the app answers in a way of its own; any other is told by its message. */
export type ProblemCode =
  | 'UNAUTHENTICATED'
  | 'CONFLICT'
  | 'IN_USE'
  | 'VALIDATION_FAILED'
  | 'RULE_INVALID'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'FIELD_FORBIDDEN'
  | 'OFFLINE'
  | 'OTHER';

/** One thing that is wrong with what was sent, told in the reader's language. */
export interface Issue {
  /** The key of a field, or a JSON Pointer into a rule. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Something that refers to what was to be removed. */
export interface Usage {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

const ownCodes: readonly string[] = [
  'UNAUTHENTICATED',
  'CONFLICT',
  'IN_USE',
  'VALIDATION_FAILED',
  'RULE_INVALID',
  'NOT_FOUND',
  'FORBIDDEN',
  'FIELD_FORBIDDEN',
] satisfies ProblemCode[];

/** Why the server refused something, or that it could not be reached. */
export class ApiProblem extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly issues: readonly Issue[] = [],
    readonly usedBy: readonly Usage[] = [],
    /** The keys of the fields that may not be used so. */
    readonly fields: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Reads what the server told. */
export function problemOf(error: CombinedError): ApiProblem {
  const first = error.graphQLErrors[0];
  if (!first) return new ApiProblem('OFFLINE', '');
  const { code, issues, usedBy, fields } = first.extensions;
  return new ApiProblem(
    typeof code === 'string' && ownCodes.includes(code) ? (code as ProblemCode) : 'OTHER',
    first.message,
    Array.isArray(issues) ? (issues as Issue[]) : [],
    Array.isArray(usedBy) ? (usedBy as Usage[]) : [],
    Array.isArray(fields) ? (fields as string[]) : [],
  );
}

/** What is wrong, place by place. */
export function issuesByPath(problem: ApiProblem | undefined): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const { path, message } of problem?.issues ?? []) (found[path] ??= []).push(message);
  return found;
}
