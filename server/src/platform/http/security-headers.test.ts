import express from 'express';
import { describe, expect, it } from 'vitest';
import { listen } from '../../testing/listen.ts';
import { securityHeaders } from './security-headers.ts';

async function headersOf(request: Record<string, string> = {}) {
  const app = express();
  app.set('trust proxy', 1);
  app.use(securityHeaders());
  app.get('/', (_req, res) => void res.send('page'));
  return (await fetch(await listen(app), { headers: request })).headers;
}

describe('securityHeaders', () => {
  it('lets a page load from here alone and nobody frame it', async () => {
    const headers = await headersOf();
    expect(headers.get('content-security-policy')?.split(';')).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('demands HTTPS for the future only where it is in use', async () => {
    expect((await headersOf()).get('strict-transport-security')).toBeNull();
    expect((await headersOf({ 'x-forwarded-proto': 'https' })).get('strict-transport-security')).toMatch(
      /max-age=31536000/,
    );
  });
});
