import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';

/** How often one address, or one user, may do something, counted by this process. */
export interface Rate {
  /** @throws {Refused} RATE_LIMITED, with the seconds after which it may again. */
  count(address: string): Promise<void>;
}

/** So many in so many minutes. */
function rateOf(points: number, minutes: number): Rate {
  const limiter = new RateLimiterMemory({ points, duration: 60 * minutes });
  return {
    async count(address) {
      try {
        await limiter.consume(address);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw refused('RATE_LIMITED', { retryAfter: Math.ceil(error.msBeforeNext / 1_000) });
      }
    },
  };
}

/** Answers to public forms. */
export const answerRate = (): Rate => rateOf(limits.publicAnswers, 1);

/** Files, of a user or of an address. */
export const uploadRate = (): Rate => rateOf(limits.uploads, 1);

/** Guesses of the password of one form, from wherever. */
export const passwordRateOfForm = (): Rate => rateOf(10 * limits.formPasswordGuesses, 10);

/** What is counted of an address: of IPv6 the network, in which one sender has as many addresses as they like. */
export function networkOf(address: string | undefined = ''): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: 8 - before!.length - after!.length }, () => '0');
  return (address.includes('::') ? [...before!, ...zeros, ...after!] : before!).slice(0, 4).join(':');
}

/** Guesses of the password of a public form. */
export const passwordRate = (): Rate => rateOf(limits.formPasswordGuesses, 10);
