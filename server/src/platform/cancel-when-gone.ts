import type { QueryRunner } from 'typeorm';
import type { RequestContext } from './context.ts';

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
    cancelling = cancelBackend(database.source.createQueryRunner(), pid).catch((error: unknown) =>
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

/** The role of the application may not cancel statements; `none` is the role that signed in. */
async function cancelBackend(runner: QueryRunner, pid: number): Promise<void> {
  try {
    await runner.startTransaction();
    await runner.query('set local role none');
    await runner.query('select pg_cancel_backend($1)', [pid]);
    await runner.commitTransaction();
  } finally {
    await runner.release();
  }
}
