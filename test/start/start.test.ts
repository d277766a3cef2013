import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { processFacts } from '../../server/src/platform/embedded-database/process-facts.ts';
import {
  type BuiltServer,
  NO_CODE_FROM_STRINGS,
  postgresPid,
  startBuiltServer,
  temporaryDataDir,
} from '../support/built-server.ts';

let dataDir: string;
let remove: () => Promise<void>;
let servers: BuiltServer[];

beforeEach(async () => {
  ({ dataDir, remove } = await temporaryDataDir());
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  await remove();
});

function start(env: Record<string, string> = {}): BuiltServer {
  const server = startBuiltServer({ DATA_DIR: dataDir, ...env });
  servers.push(server);
  return server;
}

async function signIn(address: string, email: string, password: string): Promise<unknown> {
  const query =
    'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { user { email } } }';
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { email, password } }),
  });
  return answer.json();
}

const oneLine = (pattern: RegExp) =>
  expect.stringMatching(new RegExp(`^(?=[^\n]*${pattern.source})[^\n]+\n$`)) as string;

describe('a server without any setting', () => {
  it('is ready at the address that it prints, and ends with all that it started', async () => {
    const server = start();
    const address = await server.address;
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    const postgres = await postgresPid(dataDir);
    expect(await server.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    expect(await processFacts(postgres)).toBeUndefined();
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
  });

  it.each(['package.json', 'Dockerfile'])('P39: is started by %s so that no text can become code', async (file) => {
    const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(text).toContain(NO_CODE_FROM_STRINGS);
  });

  it('makes an administrator, whose password it prints at its first start only', async () => {
    const first = start();
    const address = await first.address;
    const [, email = '', password = ''] = /^.*?(\S+@\S+).*password\W+(\S+)$/m.exec(first.printed()) ?? [];
    expect(password).toMatch(/^.{12,}$/);
    expect(await signIn(address, email, password)).toEqual({ data: { login: { user: { email } } } });
    await first.stop();
    const second = start();
    expect(await signIn(await second.address, email, password)).toEqual({ data: { login: { user: { email } } } });
    expect(second.printed()).not.toMatch(/password/i);
  });

  it('ends on Ctrl-C, pressed while a request is open, and pressed twice', async () => {
    const server = start();
    const open = await fetch(`${await server.address}/health/live`, { headers: { connection: 'keep-alive' } });
    expect(open.ok).toBe(true);
    const postgres = await postgresPid(dataDir);
    process.kill(server.pid, 'SIGINT');
    expect(await server.stop('SIGINT')).toMatchObject({ code: 0, stderr: '' });
    expect(await processFacts(postgres)).toBeUndefined();
  });

  it('ends cleanly when it is told to while it starts', async () => {
    const server = start();
    await vi.waitFor(async () => expect(await readdir(dataDir)).toContain('server.lock'), {
      timeout: 20_000,
      interval: 20,
    });
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(dataDir)).not.toContain('server.lock');
  });

  it('goes on when nobody reads what it prints', async () => {
    const server = start();
    const address = await server.address;
    server.hangUp();
    for (const path of ['/', '/segments', '/graphql', '/']) await fetch(address + path);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(await server.stop()).toMatchObject({ code: 0 });
  });

  it('recovers after it was killed', async () => {
    const killed = start();
    await killed.address;
    const orphan = await postgresPid(dataDir);
    await killed.stop('SIGKILL');
    expect(await processFacts(orphan)).toBeDefined();
    const next = start();
    expect((await fetch(`${await next.address}/health/ready`)).status).toBe(200);
    expect(await processFacts(orphan)).toBeUndefined();
  });
});

describe('a start that cannot succeed', () => {
  it('says that another server uses the folder', async () => {
    const first = start();
    await first.address;
    const second = await start().ended;
    expect(second).toMatchObject({ code: 1, stderr: oneLine(/already running/) });
    expect((await fetch(`${await first.address}/health/ready`)).status).toBe(200);
  });

  it('says that the port is taken, and stops its database', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, () => resolve()));
    const { port } = other.address() as AddressInfo;
    const refused = await start({ PORT: String(port) }).ended;
    other.close();
    expect(refused).toMatchObject({ code: 1, stderr: oneLine(new RegExp(String(port))) });
    await expect(postgresPid(dataDir)).rejects.toThrow('ENOENT');
  });

  it('says that DATA_DIR cannot be used', async () => {
    await writeFile(dataDir, 'a file');
    expect(await start().ended).toMatchObject({ code: 1, stderr: oneLine(/DATA_DIR/) });
  });

  it('names the variable that is wrong', async () => {
    expect(await start({ PORT: 'http' }).ended).toMatchObject({ code: 1, stderr: oneLine(/PORT/) });
  });

  const wrong: [string, (url: string) => string][] = [
    ['nobody listens', () => 'postgres://postgres:s3cret@127.0.0.1:1/postgres'],
    ['the password is wrong', (url) => url.replace(/:[^:@]+@/, ':s3cret@')],
    ['there is no such database', (url) => url.replace(/[^/]*$/, 'nowhere')],
    ['there is no such host', () => 'postgres://postgres:s3cret@nowhere.invalid/postgres'],
  ];
  it.each(wrong)('says that DATABASE_URL is wrong when %s', async (_why, url) => {
    const refused = await start({ DATABASE_URL: url(inject('clusterUrl')) }).ended;
    expect(refused).toMatchObject({ code: 1, stderr: oneLine(/DATABASE_URL/) });
    expect(refused.stderr + refused.stdout).not.toContain('s3cret');
  });
});
