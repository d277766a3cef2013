import { gzipSync } from 'node:zlib';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { keptLog } from '../../testing/kept-log.ts';
import { listen } from '../../testing/listen.ts';
import { bodyErrors } from './body-errors.ts';
import { jsonBody } from './json-body.ts';

async function serve() {
  const kept = keptLog();
  const app = express();
  app.use(jsonBody());
  app.post('/echo', (req, res) => void res.json(req.body));
  app.post('/fails', () => {
    throw new Error('select secret');
  });
  app.use(bodyErrors(kept.log));
  const url = await listen(app);
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, path = '/echo') =>
    fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  return { post, ...kept };
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('jsonBody and bodyErrors', () => {
  it.each(['{"a":"张三"}', nested(200), JSON.stringify({ a: '['.repeat(1000), b: '\\"[' }), '[]'])(
    'takes %.30s',
    async (body) => {
      const { post } = await serve();
      const answer = await post(body);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual(JSON.parse(body));
    },
  );

  const utf16 = { 'content-type': 'application/json; charset=utf-16' };
  const cases: [string, number, string, string | Uint8Array<ArrayBuffer>, Record<string, string>?][] = [
    ['malformed', 400, 'BAD_REQUEST', '{"secret":'],
    ['not an object or list', 400, 'BAD_REQUEST', '"secret"'],
    ['saying two things of one key', 400, 'BAD_REQUEST', '{"a":{"secret":1,"secret":2}}'],
    ['nested too deep', 400, 'BAD_REQUEST', nested(201)],
    ['nested very deep', 400, 'BAD_REQUEST', '['.repeat(900_000)],
    ['too large', 413, 'LIMIT_EXCEEDED', JSON.stringify('x'.repeat(50_000_000))],
    [
      'too large once unpacked',
      413,
      'LIMIT_EXCEEDED',
      gzipSync(Buffer.alloc(50_000_000, ' ')),
      { 'content-encoding': 'gzip' },
    ],
    ['damaged in packing', 400, 'BAD_REQUEST', 'secret', { 'content-encoding': 'gzip' }],
    ['packed in an unknown way', 415, 'UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-encoding': 'secret' }],
    ['UTF-16', 415, 'UNSUPPORTED_MEDIA_TYPE', Buffer.from('{"secret":1}', 'utf16le'), utf16],
    [
      'UTF-32',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      Buffer.from('{}'),
      { 'content-type': 'application/json; charset=utf-32' },
    ],
    ['an unknown charset', 415, 'UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-type': 'application/json; charset=secret' }],
  ];
  it.each(cases)(
    'refuses a body that is %s with %i and quotes nothing of it',
    async (_what, status, code, body, headers) => {
      const { post, lines } = await serve();
      const answer = await post(body, headers);
      const text = await answer.text();
      expect(answer.status).toBe(status);
      expect(JSON.parse(text)).toEqual({ code, message: expect.any(String) as string });
      expect(text + lines.join()).not.toContain('secret');
    },
  );

  it('says nothing of a fault of ours, and logs it', async () => {
    const { post, last } = await serve();
    const answer = await post('{}', {}, '/fails');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ code: 'INTERNAL', message: 'Something went wrong' });
    expect(last()).toMatchObject({ level: 'error', err: { type: 'Error', message: 'select secret' } });
  });
});
