import {
  cacheExchange,
  Client,
  fetchExchange,
  install,
  mapExchange,
  type OperationResult,
  type OperationResultSource,
} from '@urql/vue';
import { inject, ref, type App, type InjectionKey, type Ref } from 'vue';
import { locale } from '../i18n/locale.ts';
import { viewingHeaders } from '../session/viewing.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { problemOf } from './problem.ts';

/** The server as the app talks to it; what it refuses is thrown as an `ApiProblem`. */
export interface Api {
  /** With a signal that is aborted, nobody waits any more: the server stops what it does for the answer, which never comes. */
  query<Data, Variables extends object>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data>;
  mutate<Data, Variables extends object>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Counts how often everything on screen was asked for anew. */
  readonly renewals: Readonly<Ref<number>>;
  /** Asks anew for everything on screen, once it is clear again who asks. */
  renew(): void;
}

const apiKey: InjectionKey<Api> = Symbol('api');

/** Makes the connection to the server and gives it to the app. `signedOut` is called whenever the server no longer knows the user. */
export function installApi(app: App, signedOut: () => void): void {
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { 'accept-language': locale.value, ...viewingHeaders() },
    }),
    exchanges: [
      cacheExchange,
      mapExchange({
        onError: (error) => {
          if (problemOf(error).code === 'UNAUTHENTICATED') signedOut();
        },
      }),
      fetchExchange,
    ],
  });
  install(app, client);
  const renewals = ref(0);
  app.provide(apiKey, {
    query: (document, variables, signal) =>
      firstOf(client.query(document.toString(), variables, { requestPolicy: 'network-only' }), signal),
    mutate: async (document, variables) => dataOf(await client.mutation(document.toString(), variables)),
    renewals,
    renew: () => {
      renewals.value += 1;
    },
  });
}

/** The first answer of a source; none, and none asked for any more, once the signal is aborted. */
function firstOf<Data>(source: OperationResultSource<OperationResult<Data>>, signal?: AbortSignal): Promise<Data> {
  return new Promise<OperationResult<Data>>((resolve) => {
    const { unsubscribe } = source.subscribe((result) => {
      if (result.stale || result.hasNext) return;
      resolve(result);
      // A source that is still listened to is asked again whenever its answer may have changed.
      queueMicrotask(() => unsubscribe());
    });
    signal?.addEventListener('abort', unsubscribe, { once: true });
  }).then(dataOf);
}

function dataOf<Data>({ data, error }: OperationResult<Data>): Data {
  if (error) throw problemOf(error);
  if (data === undefined) throw new Error('An answer without data');
  return data;
}

/** The server, for use in components and stores. */
export function useApi(): Api {
  const api = inject(apiKey);
  if (!api) throw new Error('installApi was not called');
  return api;
}
