import { normalInstant } from '@kequn/rules';
import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/** Any JSON value, taken as it is: what is wrong in it is told by whoever checks it, with its place. */
export const JsonScalar = anyJson(
  'JSON',
  'Any JSON value. Never refused by the scalar itself: what is wrong in it comes as VALIDATION_FAILED or RULE_INVALID.',
);

/** A rule, taken as it is: its check tells what is wrong. */
export const RuleScalar = anyJson(
  'Rule',
  'A rule: JSON-logic in the typed dialect, passed as a variable. Never refused by the scalar itself: RULE_INVALID.',
);

/** An instant. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601; answered in UTC with milliseconds; further digits of an input are cut off.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  parseValue: (value) => {
    const instant = typeof value === 'string' ? normalInstant(value) : undefined;
    if (instant === undefined) throw new GraphQLError('Not an instant with its offset, such as 2026-11-23T01:02:03Z');
    return instant;
  },
});

function anyJson(name: string, description: string): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => value,
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables) as unknown,
  });
}
