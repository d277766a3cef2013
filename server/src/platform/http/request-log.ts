import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { routeClass } from './route-class.ts';

const HEADER = 'x-request-id';

/**
 * Gives every request an id (the caller's, if it is a plain one), and tells log and metrics how it ended. The query is left out
 * of the log, for it may hold what somebody searched for.
 */
export function requestLog(log: Log, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const given = req.get(HEADER);
    const requestId = given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    res.setHeader(HEADER, requestId);
    const path = req.path.slice(0, 200);
    res.once('close', () => {
      const ms = Math.round(performance.now() - started);
      const route = routeClass(path);
      metrics.observeRequest(route, res.statusCode, ms / 1000);
      const level = route === 'health' || route === 'metrics' ? 'debug' : 'info';
      const aborted = res.writableFinished ? undefined : true;
      log[level]({ requestId, method: req.method, path, status: res.statusCode, ms, aborted }, 'request');
    });
    next();
  };
}

/** The id that `requestLog` gave to the request which this response answers. */
export function requestIdOf(res: Response): string {
  return String(res.getHeader(HEADER) ?? '');
}
