import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager, QueryRunner } from 'typeorm';
import { cancelWhenGone } from './cancel-when-gone.ts';
import type { RequestContext, Transactional } from './context.ts';
import { limits } from './limits.ts';
import { Refused, refused } from './refused.ts';
import { emptyRuleSet, type RuleSet } from './rule-set.ts';

/**
 * Nobody else says begin. G, one advisory lock of the transaction, orders writers and changes: a writer holds it shared, a change of
 * rules, fields or rights holds it alone, so no writer is in flight that does not know the rules of its commit.
 */
const G = 4_783_120;

/** SQLSTATEs after which the whole transaction is tried again: deadlock, serialisation failure, lock timeout. */
const RETRIED = new Set(['40P01', '40001', '55P03']);

/** How one kind of transaction begins. */
interface Kind {
  readonly isolation: 'READ COMMITTED' | 'REPEATABLE READ';
  readonly tries: number;
  begin(manager: EntityManager, ctx: RequestContext): Promise<RuleSet>;
}

const readKind: Kind = {
  isolation: 'REPEATABLE READ',
  tries: 5,
  async begin(manager, { database }) {
    await manager.query('set transaction read only');
    return database.ruleSets.of(await readVersion(manager));
  },
};

const writeKind: Kind = {
  isolation: 'READ COMMITTED',
  tries: 5,
  async begin(manager, { database }) {
    await manager.query('select pg_advisory_xact_lock_shared($1)', [G]);
    // A statement of its own after the lock: only its snapshot is sure to see the change that the lock waited for.
    return database.ruleSets.of(await readVersion(manager));
  },
};

function changeKind(tries: number, settings: string): Kind {
  return {
    isolation: 'READ COMMITTED',
    tries,
    async begin(manager) {
      await manager.query(settings);
      await manager.query('select pg_advisory_xact_lock($1)', [G]);
      await manager.query('update rule_set set version = version + 1');
      // What this transaction is about to change must neither be taken from a shared rule set nor be put into one.
      return emptyRuleSet(await readVersion(manager));
    },
  };
}

const ruleChange = changeKind(10, `set local lock_timeout = '1s'`);

// The application's role may not alter tables; `none` is the role that signed in to the database, their owner.
const tableChange = changeKind(8, `set local lock_timeout = '300ms'; set local role none`);

/** Reads in one snapshot. */
export function read<C extends RequestContext, T>(ctx: C, work: (tx: Transactional<C>) => Promise<T>): Promise<T> {
  return transact(ctx, readKind, work);
}

/** Writes customers: takes G shared, then the rules of the version read under it. */
export function write<C extends RequestContext, T>(ctx: C, work: (tx: Transactional<C>) => Promise<T>): Promise<T> {
  return transact(ctx, writeKind, work);
}

/** Changes rules, fields or rights: takes G alone and raises the version, which every process sees at its next transaction. */
export function change<C extends RequestContext, T>(ctx: C, work: (tx: Transactional<C>) => Promise<T>): Promise<T> {
  return transact(ctx, ruleChange, work);
}

/** A change that alters tables. It never queues behind a long transaction: it gives up quickly and tries again. */
export function alterTables<C extends RequestContext, T>(
  ctx: C,
  work: (tx: Transactional<C>) => Promise<T>,
): Promise<T> {
  return transact(ctx, tableChange, work);
}

/** Statements that each stand alone: of what is no part of the rules and needs no order with writers, such as sessions. */
export async function alone<T>(ctx: RequestContext, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  try {
    return await work(ctx.database.source.manager);
  } catch (error) {
    throw asRefusal(error, sqlState(error));
  }
}

async function transact<C extends RequestContext, T>(
  ctx: C,
  kind: Kind,
  work: (tx: Transactional<C>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryOnce(ctx, kind, work);
    } catch (error) {
      const state = sqlState(error);
      if (state === undefined || !RETRIED.has(state)) throw asRefusal(error, state);
      if (attempt >= kind.tries) throw refused('UNAVAILABLE', { retryAfter: 5 });
      await sleep(Math.random() * 50 * attempt);
    }
  }
}

async function tryOnce<C extends RequestContext, T>(
  ctx: C,
  kind: Kind,
  work: (tx: Transactional<C>) => Promise<T>,
): Promise<T> {
  const runner = ctx.database.source.createQueryRunner();
  let endWatch = () => Promise.resolve();
  try {
    const connection: unknown = await runner.connect();
    // What writes goes on to its end: its caller may have gone after sending it.
    if (kind === readKind) endWatch = cancelWhenGone(ctx, connection);
    await runner.startTransaction(kind.isolation);
    const ruleSet = await kind.begin(runner.manager, ctx);
    const result = await work({ ...ctx, manager: runner.manager, ruleSet });
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await rollBack(runner);
    throw error;
  } finally {
    await endWatch();
    await runner.release();
  }
}

/** The first error is the one to tell: that a lost connection cannot roll back either is no news, the database does it. */
async function rollBack(runner: QueryRunner): Promise<void> {
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
}

async function readVersion(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ version: number }[]>('select version from rule_set');
  return row!.version;
}

function asRefusal(error: unknown, state: string | undefined): unknown {
  if (error instanceof Refused) return error;
  // 54000 and its kin: the row would exceed what Postgres can store.
  if (state === '54000' || state === '54001') {
    return refused('LIMIT_EXCEEDED', { limit: 'customerBytes', max: limits.customerBytes });
  }
  return isAway(error, state) ? refused('UNAVAILABLE', { retryAfter: 5 }) : error;
}

/** Whether the database could not be reached (but not that it was spoken to wrongly, 08P01), went away, or was too busy. */
function isAway(error: unknown, state: string | undefined): boolean {
  // A host with several addresses gives an error without words, only with Node's code.
  if (
    state !== undefined &&
    /^(08(?!P01)|57P0|53|57014|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET)/.test(state)
  )
    return true;
  const text = error instanceof Error ? error.message : '';
  // The last is TypeORM's word for a connection that was lost between two statements of a transaction.
  return /Connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|query runner was already released/i.test(
    text,
  );
}

/** The SQLSTATE of a database error, or Node's code of a connection error. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { driverError = error } = error as Error & { driverError?: unknown };
  const { code } = driverError as { code?: unknown };
  return typeof code === 'string' && !(error instanceof Refused) ? code : undefined;
}
