import express from 'express';
import { describe, expect, it } from 'vitest';
import { keptLog } from '../../testing/kept-log.ts';
import { listen } from '../../testing/listen.ts';
import { Metrics } from '../metrics.ts';
import { requestIdOf, requestLog } from './request-log.ts';

async function serve() {
  const kept = keptLog();
  const metrics = new Metrics();
  const app = express();
  app.use(requestLog(kept.log, metrics));
  app.get('/health/live', (_req, res) => void res.send('ok'));
  app.get('/hangs', (_req, res) => void res.write('so far'));
  app.use((_req, res) => void res.status(404).send(requestIdOf(res)));
  return { url: await listen(app), metrics, ...kept };
}

describe('requestLog', () => {
  it('tells how a request ended, without its query', async () => {
    const { url, last, lines } = await serve();
    await fetch(`${url}/customers/1?q=%E5%BC%A0%E4%B8%89`, { method: 'POST' });
    await expect.poll(last).toMatchObject({ level: 'info', method: 'POST', path: '/customers/1', status: 404 });
    expect(last().ms).toBeTypeOf('number');
    expect(lines.join()).not.toMatch(/张三|%E5/);
  });

  it('takes a plain id from the caller and gives it back', async () => {
    const { url, last } = await serve();
    const answer = await fetch(url, { headers: { 'x-request-id': 'abc-1.2_3' } });
    expect(answer.headers.get('x-request-id')).toBe('abc-1.2_3');
    expect(await answer.text()).toBe('abc-1.2_3');
    await expect.poll(() => last().requestId).toBe('abc-1.2_3');
  });

  it.each([undefined, '', 'with space', '"quoted"', 'x'.repeat(65)])(
    'makes an id of its own instead of %j',
    async (given) => {
      const { url } = await serve();
      const answer = await fetch(url, { headers: given === undefined ? {} : { 'x-request-id': given } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[-0-9a-f]{36}$/);
    },
  );

  it('marks a request that the caller gave up', async () => {
    const { url, last } = await serve();
    const caller = new AbortController();
    const answer = await fetch(`${url}/hangs`, { signal: caller.signal });
    expect(answer.ok).toBe(true);
    caller.abort();
    await expect.poll(last).toMatchObject({ path: '/hangs', aborted: true });
  });

  it('keeps those who watch the process out of the normal log', async () => {
    const { url, last } = await serve();
    await fetch(`${url}/health/live`);
    await expect.poll(last).toMatchObject({ level: 'debug', path: '/health/live' });
  });

  it('measures by kind of address and status, never by path', async () => {
    const { url, metrics, last } = await serve();
    await fetch(`${url}/exports/a-secret-name`);
    await expect.poll(last).toMatchObject({ status: 404 });
    const text = await metrics.registry.metrics();
    expect(text).toContain('http_request_duration_seconds_count{route="exports",status="4xx"} 1');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('a-secret-name');
  });
});
