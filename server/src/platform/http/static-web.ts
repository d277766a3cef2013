import path from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import { routeClass } from './route-class.ts';

/** Under this name controllers get the folder of the built web app. */
export const webFolder = Symbol('web folder');

/** How files may stand packed beside themselves, the smallest first: the names that HTTP has for it, and what their own names end in. */
const packings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * Serves the built web app: files with a hash in their name for ever, packed where the build has packed them, everything else asked anew each
 * time, and its page for every address that the app itself knows. The server's own addresses are passed on; their answers go out unpacked, for
 * they hold secrets beside what was asked, and their length would tell of them (BREACH, CVE-2013-3587).
 *
 * @param folder where the build put it
 */
export function staticWeb(folder: string): Router {
  const router = Router();
  router.use('/assets', assets(path.join(folder, 'assets')));
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

function assets(folder: string): Router {
  const router = Router();
  const forEver = { immutable: true, maxAge: '1y', index: false, redirect: false } as const;
  router.use((_req, res, next) => {
    res.vary('accept-encoding');
    next();
  });
  for (const [packing, ending] of packings) {
    const setHeaders = (res: Response, file: string): void => {
      res.type(path.extname(file.slice(0, -ending.length))).set('content-encoding', packing);
    };
    router.use(packed(packing, ending, express.static(folder, { ...forEver, setHeaders })));
  }
  router.use(express.static(folder, forEver));
  return router;
}

/** Looks for a file as it is packed, for who takes that; where there is none it is looked for otherwise. */
function packed(packing: string, ending: string, serve: RequestHandler): RequestHandler {
  return (req, res, next) => {
    if (req.acceptsEncodings(packing) !== packing) return next();
    const asked = req.url;
    req.url = asked.replace(/(?=\?|$)/, ending);
    serve(req, res, (error) => {
      req.url = asked;
      next(error);
    });
  };
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
