import type { Locale } from '@kequn/rules';
import type { DataSource, EntityManager } from 'typeorm';
import type { Log } from './log.ts';
import type { SelfCheck } from './self-check.ts';
import type { RuleSet, RuleSetCache } from './rule-set.ts';

/** The database as use cases know it. */
export interface Database {
  readonly source: DataSource;
  readonly ruleSets: RuleSetCache;
  /** The organisation's IANA zone. */
  readonly timeZone: string;
  /** So many customers one statement evaluates; from as many on a change of rules is made right for everybody by a job. */
  readonly many: number;
}

/** What decides which instant it is. */
export interface Clock {
  /** Now, ISO 8601 in UTC; milliseconds are cut, not rounded. */
  now(manager: EntityManager): Promise<string>;
}

/** The database's clock: one clock for all server processes. */
export const databaseClock: Clock = {
  async now(manager) {
    const [row] = await manager.query<{ now: string }[]>('select clock_timestamp() as now');
    return row!.now;
  },
};

/** Who asks, in what language, and what the answer may use. */
export interface RequestContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly requestId: string;
  /** The client's network address. */
  readonly address: string;
  /** The id of the signed-in user; null: the system, or nobody. */
  readonly actorId: string | null;
  /** Tells that the caller has gone away and waits for no answer. */
  readonly signal?: AbortSignal;
  readonly log: Log;
  /** Repeats some evaluations of rules; tools that make a context by hand need none. */
  readonly selfCheck?: SelfCheck;
}

/** A context inside of a transaction. */
export type Transactional<C> = C & {
  readonly manager: EntityManager;
  readonly ruleSet: RuleSet;
};
