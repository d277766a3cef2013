import { setMaxListeners } from 'node:events';
import type { Request, Response } from 'express';
import type { Clock, Database } from '../platform/context.ts';
import { requestIdOf } from '../platform/http/request-log.ts';
import { localeOf } from '../platform/locale-of.ts';
import type { Log } from '../platform/log.ts';
import type { SelfCheck } from '../platform/self-check.ts';
import { authenticate } from './authenticate.ts';
import type { AnyContext } from './viewer.ts';

const COOKIE = 'kequn_session';

/** Under this name controllers get what every request shares. */
export const serverParts = Symbol('server parts');

/** What every request shares. */
export interface ServerParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly selfCheck: SelfCheck;
}

/** Makes the context of one request: who asks, by the bearer token or else the cookie, in what language. */
export async function requestContext(parts: ServerParts, req: Request, res: Response): Promise<AnyContext> {
  const token = bearerToken(req) ?? cookieToken(req.get('cookie'));
  const base = {
    ...parts,
    locale: localeOf(req.get('accept-language')),
    requestId: requestIdOf(res),
    address: req.ip ?? '',
    actorId: null,
    signal: goneSignal(res),
    session: sessionOf(req, res, token),
  };
  try {
    const viewer = await authenticate(base, token);
    return { ...base, viewer, actorId: viewer?.user.id ?? null };
  } catch (failure) {
    // Thrown here it would be answered by Apollo itself, in none of our forms.
    return { ...base, viewer: null, failure };
  }
}

/** Aborted when the connection ends before the answer does. */
function goneSignal(res: Response): AbortSignal {
  const gone = new AbortController();
  // One request may ask for many things at once, each in a transaction that listens.
  setMaxListeners(0, gone.signal);
  res.on('close', () => res.writableFinished || gone.abort());
  return gone.signal;
}

function bearerToken(req: Request): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(req.get('authorization') ?? '')?.[1];
}

/** The token in a Cookie header. */
export function cookieToken(header: string | undefined): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(header ?? '')?.[1];
}

function sessionOf(req: Request, res: Response, token: string | undefined): AnyContext['session'] {
  const attributes = { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/' } as const;
  return {
    token,
    keep: (kept, expiresAt) => void res.cookie(COOKIE, kept, { ...attributes, expires: new Date(expiresAt) }),
    forget: () => void res.clearCookie(COOKIE, attributes),
  };
}
