import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { Locale, Problem } from '@kequn/rules';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../context.ts';
import { Refused, refusalWords, type RefusalCode } from '../refused.ts';

/** GraphQL's own refusals of a document, which tell nothing but what is wrong with it. */
const DOCUMENT_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The one place where what was thrown becomes an answer: the code of the contract and what it may tell, never a stack or SQL. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const error = unwrapResolverError(thrown);
  const { path, locations } = formatted;
  const place = { ...(path && { path }), ...(locations && { locations }) };
  if (error instanceof Refused)
    return { ...place, message: error.code, extensions: { code: error.code, ...error.details } };
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && DOCUMENT_CODES.has(code))
    return { ...place, message: formatted.message, extensions: { code } };
  return { ...place, message: 'INTERNAL', extensions: { code: 'INTERNAL' } };
}

/** What is answered to an error of a subscription, in the reader's language. */
export function answerTo(error: GraphQLError, locale: Locale): GraphQLError {
  const formatted = error.toJSON();
  // What names no resolver is wrong with the document itself.
  const code = error.path || error.originalError ? undefined : 'GRAPHQL_VALIDATION_FAILED';
  const known = code ? { ...formatted, extensions: { code, ...formatted.extensions } } : formatted;
  const { message, path, extensions } = inWords(formatError(known, error), locale);
  return new GraphQLError(message, { path, extensions });
}

/** Says refusals in the reader's language, and logs what was our own mistake. */
export const errorAnswers: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) {
          const thrown = unwrapResolverError(error);
          const code = error.extensions['code'];
          const isOurs = !(thrown instanceof Refused) && !(typeof code === 'string' && DOCUMENT_CODES.has(code));
          if (isOurs) contextValue.log.error({ err: thrown, requestId: contextValue.requestId }, 'a call failed');
        }
      },
      async willSendResponse(request: GraphQLRequestContext<RequestContext>) {
        const { body } = request.response;
        if (body?.kind !== 'single' || !body.singleResult.errors) return;
        const { locale } = request.contextValue;
        body.singleResult.errors = body.singleResult.errors.map((error) => inWords(error, locale));
      },
    };
  },
};

function inWords(error: GraphQLFormattedError, locale: Locale): GraphQLFormattedError {
  const words = refusalWords[error.message as RefusalCode];
  if (!words) return error;
  const issues = error.extensions?.['issues'] as readonly Problem[] | undefined;
  const told = issues?.map((issue) => ({ ...issue, message: issue.message[locale] }));
  return { ...error, message: words[locale], extensions: { ...error.extensions, ...(told && { issues: told }) } };
}
