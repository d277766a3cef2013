import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The headers that tell a browser what pages of ours may do: load from here alone, run no script written into a page, be framed
 * by nobody. HTTPS is demanded for the future only where it is in use, for a laptop's http://localhost has none.
 */
export function securityHeaders(): RequestHandler {
  const always = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  const overHttps = helmet.strictTransportSecurity({ maxAge: 365 * 24 * 3600 });
  return (req, res, next) => {
    always(req, res, (error) => {
      if (error !== undefined || !req.secure) next(error);
      else overHttps(req, res, next);
    });
  };
}

const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // Components place themselves by style attributes.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
};
