import pg from 'pg';
import type { Database, RequestContext } from './context.ts';

/** Ends the watch, once nothing is on its way any more that could meet another statement of the same connection. */
type EndWatch = () => Promise<void>;

/**
 * Watches whether the caller of a reading transaction goes away, such as an editor that has asked something newer by now, and has the
 * database stop what it does for nobody. Its error is that of a statement that was cancelled; there is nobody to tell it to.
 */
export function cancelWhenGone({ signal, database, log }: RequestContext, connection: unknown): EndWatch {
  const pid = processOf(connection);
  if (!signal || pid === undefined) return () => Promise.resolve();
  let cancelling: Promise<unknown> = Promise.resolve();
  const cancel = (): void => {
    cancelling = cancelBackend(database, pid).catch((error: unknown) =>
      log.warn({ err: error }, 'a statement could not be cancelled'),
    );
  };
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return async () => {
    signal.removeEventListener('abort', cancel);
    await cancelling;
  };
}

/** The process that serves a connection of the driver. */
function processOf(connection: unknown): number | undefined {
  const { processID } = connection as { processID?: unknown };
  return typeof processID === 'number' ? processID : undefined;
}

/** On a connection of its own: those of the pool may all be held by readers that wait to be cancelled, and its role may not cancel. */
async function cancelBackend({ source }: Database, pid: number): Promise<void> {
  const { url } = source.options as { readonly url?: string };
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('select pg_cancel_backend($1)', [pid]);
  } finally {
    await client.end();
  }
}
