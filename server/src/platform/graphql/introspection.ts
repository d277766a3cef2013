import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, visit } from 'graphql';
import type { RequestContext } from '../context.ts';

/** The schema is told to those who are signed in; to anybody else it is as if there were none. */
export const introspectionForSignedIn: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, contextValue }) {
        if (contextValue.actorId !== null) return;
        visit(document, {
          [Kind.FIELD]({ name }) {
            if (name.value !== '__schema' && name.value !== '__type') return;
            throw new GraphQLError('Introspection needs a sign-in', {
              extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
            });
          },
        });
      },
    };
  },
};
