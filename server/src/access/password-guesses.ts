import type { EntityManager } from 'typeorm';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';
import type { AnyContext } from './viewer.ts';

/** Whence a guess comes, and the connection of the attempt. */
export type Guess = Pick<AnyContext, 'address'> & { readonly manager: EntityManager };

let last: Promise<unknown> = Promise.resolve();

/** One attempt after the other: a burst of guesses must not be counted only after all of them were tried. */
export function inTurn<T>(attempt: () => Promise<T>): Promise<T> {
  const turn = last.then(attempt, attempt);
  last = turn.catch(() => undefined);
  return turn;
}

/** @throws {Refused} RATE_LIMITED after ten failures in ten minutes for that e-mail or address. */
export async function refuseTooMany(guess: Guess, email: string, now: string): Promise<void> {
  const [row] = await guess.manager.query<{ failures: number }[]>(
    `select greatest(count(*) filter (where email = $1), count(*) filter (where address = $2)) as failures
       from login_failure where at > $3::timestamptz - interval '10 minutes' and (email = $1 or address = $2)`,
    [email, guess.address, now],
  );
  if ((row?.failures ?? 0) >= limits.loginFailures) throw refused('RATE_LIMITED', { retryAfter: 600 });
}

/** Notes a wrong password. Failures that count no more are dropped by those that come after them. */
export async function noteFailure(guess: Guess, email: string, now: string): Promise<void> {
  await guess.manager.query(
    `with old as (delete from login_failure where at <= $3::timestamptz - interval '10 minutes')
     insert into login_failure (email, address, at) values ($1, $2, $3)`,
    [email, guess.address, now],
  );
}
