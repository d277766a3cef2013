import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Connection } from '../platform/graphql/subscriptions.ts';
import { localeOf } from '../platform/locale-of.ts';
import { newId } from '../platform/uuid.ts';
import { authenticate } from './authenticate.ts';
import { cookieToken, type ServerParts } from './request-context.ts';
import type { AnyContext } from './viewer.ts';

/**
 * Makes the context of one message of a subscription: who asks, by `authorization` of the client's first message, or by the cookie where
 * the page that opened the socket is one of ours, since a browser sends cookies with sockets of any page. Undefined when nobody is signed in.
 */
export async function socketContext(
  parts: ServerParts,
  { request, parameters }: Connection,
  signal: AbortSignal,
): Promise<AnyContext | undefined> {
  const token =
    bearerOf(parameters?.['authorization']) ?? (isOurs(request) ? cookieToken(request.headers.cookie) : undefined);
  setMaxListeners(0, signal);
  const base = {
    ...parts,
    locale: localeOf(languageOf(parameters?.['language']) ?? request.headers['accept-language']),
    requestId: newId(),
    address: request.socket.remoteAddress ?? '',
    actorId: null,
    signal,
    session: { token, keep: () => undefined, forget: () => undefined },
  };
  const viewer = await authenticate(base, token);
  return viewer ? { ...base, viewer, actorId: viewer.user.id } : undefined;
}

function bearerOf(authorization: unknown): string | undefined {
  return typeof authorization === 'string' ? /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] : undefined;
}

function languageOf(language: unknown): string | undefined {
  return typeof language === 'string' ? language : undefined;
}

function isOurs({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
