import express, { type RequestHandler } from 'express';
import { routeClass } from './route-class.ts';

/** Parses what pages without a script send, of up to 200 kB, at the addresses of public forms alone: GraphQL takes no such bodies. */
export function pageBody(): RequestHandler {
  const parse = express.urlencoded({ extended: false, limit: '200kb', parameterLimit: 2_000 });
  return (req, res, next) => (routeClass(req.path) === 'form' ? parse(req, res, next) : next());
}
