import type { Client, ExecutionResult, Sink } from 'graphql-ws';
import { locale } from '../i18n/locale.ts';
import { viewingHeaders } from '../session/viewing.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** Who listens to a subscription. */
export interface Listener<Data> {
  next(data: Data): void;
  /** The connection was lost and is there again: what happened meanwhile was not told. */
  resumed(): void;
}

let client: Promise<Client> | undefined;

/** Listens until the function that it gives is called. Where no connection can be made nothing is told: what is on screen stays as it was read. */
export function subscribe<Data>(
  document: TypedDocumentString<Data, Record<string, never>>,
  listener: Listener<Data>,
): () => void {
  const ends: (() => void)[] = [];
  let isOver = false;
  void listen();
  return () => {
    isOver = true;
    for (const end of ends) end();
  };

  async function listen(): Promise<void> {
    const opened = await connection();
    if (isOver) return;
    let connections = 0;
    ends.push(opened.on('connected', () => (connections += 1) > 1 && listener.resumed()));
    ends.push(opened.subscribe<Data>({ query: document.toString() }, sinkOf(listener)));
  }
}

function sinkOf<Data>({ next }: Listener<Data>): Sink<ExecutionResult<Data>> {
  return { next: ({ data }) => data && next(data), error: () => undefined, complete: () => undefined };
}

/** One connection for all, opened when somebody listens. Few pages do, so what speaks its protocol loads when it is first needed. */
function connection(): Promise<Client> {
  client ??= connect();
  return client;
}

async function connect(): Promise<Client> {
  const { createClient } = await import('graphql-ws');
  return createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: () => ({ language: locale.value, ...viewingHeaders() }),
    retryAttempts: Infinity,
  });
}
