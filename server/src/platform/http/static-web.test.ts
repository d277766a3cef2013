import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../testing/listen.ts';
import { staticWeb } from './static-web.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kequn-web-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<title>the app</title>');
  await writeFile(path.join(folder, 'icon.svg'), '<svg/>');
  await writeFile(path.join(folder, 'assets/app-1a2b.js'), 'app()');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function ask(address: string, init: RequestInit = {}) {
  const app = express();
  app.use(staticWeb(folder));
  app.use((_req, res) => void res.status(404).send('passed on'));
  const answer = await fetch((await listen(app)) + address, { headers: { accept: 'text/html' }, ...init });
  const told = ['content-encoding', 'content-type', 'cache-control', 'vary', 'etag'] as const;
  const headers = Object.fromEntries(told.map((name) => [name, answer.headers.get(name)]));
  return { status: answer.status, cache: answer.headers.get('cache-control'), text: await answer.text(), headers };
}

describe('staticWeb', () => {
  it('lets files with a hash in their name be kept for ever', async () => {
    expect(await ask('/assets/app-1a2b.js')).toMatchObject({
      status: 200,
      cache: 'public, max-age=31536000, immutable',
      text: 'app()',
    });
  });

  describe('a file that the build has packed', () => {
    beforeEach(async () => {
      await writeFile(path.join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync('app()'));
      await writeFile(path.join(folder, 'assets/app-1a2b.js.gz'), gzipSync('app()'));
    });

    it.each([
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
      ['*', 'br'],
    ])('is sent to who takes %s as %s, and as what it is', async (takes, packing) => {
      const { headers, text } = await ask('/assets/app-1a2b.js?1', { headers: { 'accept-encoding': takes } });
      expect(text).toBe('app()');
      expect(headers).toMatchObject({
        'content-encoding': packing,
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
      });
    });

    it('has a tag for each way it is sent', async () => {
      const tags = ['br', 'gzip', 'identity'].map(
        async (takes) => (await ask('/assets/app-1a2b.js', { headers: { 'accept-encoding': takes } })).headers.etag,
      );
      expect(new Set(await Promise.all(tags)).size).toBe(3);
    });
  });

  it('sends as it is what was not packed', async () => {
    const { headers, text } = await ask('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'br, gzip' } });
    expect([headers['content-encoding'], text]).toEqual([null, 'app()']);
  });

  it.each(['/', '/index.html', '/segments/42?tab=members', '/fields', '/form'])(
    'answers %s with the page, asked anew each time',
    async (address) => {
      expect(await ask(address)).toMatchObject({ status: 200, cache: 'no-cache', text: '<title>the app</title>' });
    },
  );

  it('serves other files of the build', async () => {
    expect(await ask('/icon.svg')).toMatchObject({ status: 200, cache: 'no-cache', text: '<svg/>' });
  });

  it.each([
    '/graphql',
    '/health/live',
    '/metrics',
    '/imports',
    '/exports/customers.csv',
    '/f/summer',
    '/assets/gone-9z.js',
    '/assets/',
  ])('passes %s on', async (address) => {
    expect(await ask(address)).toMatchObject({ status: 404, text: 'passed on' });
  });

  it('answers with the page only who asks for one', async () => {
    expect(await ask('/segments', { method: 'POST' })).toMatchObject({ text: 'passed on' });
    expect(await ask('/segments', { headers: { accept: 'application/json' } })).toMatchObject({ text: 'passed on' });
  });

  it('stays in its folder', async () => {
    expect((await ask('/..%2f..%2fetc%2fpasswd')).text).not.toContain('root:');
  });

  it('says what to do when the app was not built', async () => {
    await rm(path.join(folder, 'index.html'));
    expect(await ask('/')).toMatchObject({ status: 404, text: expect.stringContaining('npm run build') as string });
  });
});
