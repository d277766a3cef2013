import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { routeClass } from './route-class.ts';

/** Under this name controllers get the folder of the built web app. */
export const webFolder = Symbol('web folder');

/**
 * Serves the built web app: files with a hash in their name for ever, everything else asked anew each time, and its page for
 * every address that the app itself knows. The server's own addresses are passed on.
 *
 * @param folder where the build put it
 */
export function staticWeb(folder: string): Router {
  const router = Router();
  router.use(
    '/assets',
    express.static(path.join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }),
  );
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (res) => void res.setHeader('cache-control', 'no-cache'),
    }),
  );
  router.use(page(folder));
  return router;
}

function page(folder: string): RequestHandler {
  return (req, res, next) => {
    const isPage = routeClass(req.path) === 'web' && !req.path.startsWith('/assets/');
    if (!isPage || !['GET', 'HEAD'].includes(req.method) || !req.accepts('html')) return next();
    res.sendFile('index.html', { root: folder, headers: { 'cache-control': 'no-cache' } }, (error) => {
      if (!error || res.headersSent) return;
      res.status(404).type('text').send('The web app is not there; npm run build makes it\n');
    });
  };
}
