import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from './lock.ts';
import { processFacts } from './process-facts.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kequn-lock-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const lockFile = () => path.join(folder, 'server.lock');

describe('takeLock', () => {
  it('holds the folder until it is released, and leaves nothing', async () => {
    const lock = await takeLock(folder);
    await expect(takeLock(folder)).rejects.toThrow(`already running on ${folder} (process ${process.pid})`);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await takeLock(folder)).release();
  });

  it.each([
    ['a process that is gone', () => JSON.stringify({ pid: 2 ** 30, startedAt: 'then' })],
    ['a stranger who got the number of the owner', () => JSON.stringify({ pid: process.ppid, startedAt: 'then' })],
    ['a write that was cut short', () => '{"pid":'],
    ['an empty file', () => ''],
  ])('takes over from %s', async (_what, content) => {
    await writeFile(lockFile(), content());
    const lock = await takeLock(folder);
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await readdir(folder)).toEqual(['server.lock']);
    await lock.release();
  });

  it('leaves the lock of a living process alone', async () => {
    const parent = { pid: process.ppid, startedAt: (await processFacts(process.ppid))?.startedAt };
    await writeFile(lockFile(), JSON.stringify(parent));
    await expect(takeLock(folder)).rejects.toThrow(`process ${process.ppid}`);
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toEqual(parent);
  });
});

describe('processFacts', () => {
  it('tells a living process from none', async () => {
    expect(await processFacts(process.pid)).toMatchObject({ command: expect.stringContaining('node') as string });
    expect(await processFacts(2 ** 30)).toBeUndefined();
  });

  it('gives the same start time every time', async () => {
    expect((await processFacts(process.pid))?.startedAt).toBe((await processFacts(process.pid))?.startedAt);
  });
});
