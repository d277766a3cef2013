import type { ErrorRequestHandler } from 'express';
import type { Log } from '../log.ts';
import { requestIdOf } from './request-log.ts';

const ANSWERS: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'BAD_REQUEST', message: 'The request cannot be read' },
  413: { code: 'LIMIT_EXCEEDED', message: 'The request is too large' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'The encoding of the request is not supported' },
};

const INTERNAL = { code: 'INTERNAL', message: 'Something went wrong' };

/**
 * Answers for requests that failed before any handler of ours saw them: a body that is malformed, too large or in an unknown
 * encoding, a path that is none. Everything else is a fault of ours: 500, and the log has the reason. The error's own text
 * quotes the request and stays here.
 */
export function bodyErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const answer = ANSWERS[statusOf(error)];
    if (!answer) log.error({ err: error, requestId: requestIdOf(res) }, 'request failed');
    res.status(answer ? statusOf(error) : 500).json(answer ?? INTERNAL);
  };
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
}
