import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { Request, Response } from 'express';
import type { RequestContext } from '../context.ts';
import { documentLimits } from '../limits.ts';
import { errorAnswers, formatError } from './error-answers.ts';
import { introspectionForSignedIn } from './introspection.ts';
import { DateTimeScalar } from './scalars.ts';

/** How the code-first schema is built, for the server and for the printed schema alike. */
export const schemaOptions = { scalarsMap: [{ type: Date, scalar: DateTimeScalar }] };

/** What a document is limited by, over HTTP and in subscriptions alike. */
export const limitsOfDocuments = new ApolloArmor({
  maxDepth: { n: documentLimits.queryDepth },
  maxAliases: { n: documentLimits.queryAliases },
  maxDirectives: { n: documentLimits.queryDirectives },
  // The parser of GraphQL itself stops there; armor's answers 500.
  maxTokens: { enabled: false },
  costLimit: { maxCost: documentLimits.queryCost },
  blockFieldSuggestion: { enabled: true },
});

/** Apollo with every limit on: depth, aliases, directives, tokens, cost; no batches, no playground, no simple requests (CSRF). */
export function apolloOptions(
  context: (parts: { req: Request; res: Response }) => Promise<RequestContext>,
): ApolloDriverConfig {
  const { plugins, validationRules } = limitsOfDocuments.protect();
  return {
    driver: ApolloDriver,
    autoSchemaFile: true,
    buildSchemaOptions: schemaOptions,
    path: '/graphql',
    context,
    plugins: [...plugins, introspectionForSignedIn, errorAnswers] as ApolloDriverConfig['plugins'],
    validationRules: [...validationRules],
    parseOptions: { maxTokens: documentLimits.queryTokens },
    formatError,
    introspection: true,
    playground: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    cache: 'bounded',
  };
}
