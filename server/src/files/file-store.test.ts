import { mkdtemp, readdir, rm } from 'node:fs/promises';
import * as nodeFiles from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { diskStore, type FileSystem } from './disk-store.ts';
import type { FileStore } from './file-store.ts';
import { cleanName } from './file-kind.ts';
import { roomForFiles } from './room-for-files.ts';
import { s3Store } from './s3-store.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';

async function* pieces(...all: string[]): AsyncIterable<Uint8Array> {
  for (const each of all) yield Buffer.from(each);
}

async function* brokenOff(): AsyncIterable<Uint8Array> {
  yield Buffer.from('half');
  throw new Error('gone');
}

const textOf = async (store: FileStore) => {
  const content = await store.get(id);
  return content && (await buffer(content)).toString();
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kequn-store-'));
});
afterEach(() => rm(root, { recursive: true }));

const filesIn = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map(({ name }) => name);

describe.each<[string, () => Promise<FileStore>]>([
  ['a folder', async () => diskStore(root)],
  ['a bucket', bucket],
])('%s', (_kind, open) => {
  test('gives back what was put there, and nothing once it is removed', async () => {
    const store = await open();
    expect(await textOf(store)).toBeNull();
    await store.put(id, pieces('one ', 'two'));
    expect(await textOf(store)).toBe('one two');
    await store.remove(id);
    await store.remove(id);
    expect(await textOf(store)).toBeNull();
  });

  test('keeps nothing of what breaks off', async () => {
    const store = await open();
    await expect(store.put(id, brokenOff())).rejects.toThrow('gone');
    expect(await textOf(store)).toBeNull();
    expect(await filesIn()).toEqual([]);
  });
});

/** A disk on which there is room for so many bytes, until `free` is called. */
function smallDisk(room: number): FileSystem & { free(): void } {
  let left = room;
  return {
    ...nodeFiles,
    free: () => {
      left = Infinity;
    },
    async open(...args: Parameters<FileSystem['open']>) {
      const handle = await nodeFiles.open(...args);
      const writeFile = handle.writeFile.bind(handle);
      handle.writeFile = async (data, options) => {
        left -= (data as Uint8Array).length;
        if (left < 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        return writeFile(data, options);
      };
      return handle;
    },
  };
}

test('a full disk is told as such, keeps no part of a file, and takes files again once there is room', async () => {
  const disk = smallDisk(6);
  const store = diskStore(root, disk);
  await expect(store.put(id, pieces('abcd', 'efgh'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await filesIn()).toEqual([]);
  disk.free();
  await store.put(id, pieces('abcd', 'efgh'));
  expect(await textOf(store)).toBe('abcdefgh');
});

test('a full disk has no room until some is freed, and asking leaves nothing there', async () => {
  const disk = smallDisk(70_000);
  const store = diskStore(root, disk);
  expect(await store.hasRoom()).toBe(true);
  expect(await store.hasRoom()).toBe(false);
  disk.free();
  expect(await store.hasRoom()).toBe(true);
  expect(await filesIn()).toEqual([]);
});

test('several processes may ask one folder for room at once', async () => {
  const stores = Array.from({ length: 20 }, () => diskStore(root));
  const rooms = await Promise.all(stores.map((store) => store.hasRoom()));
  expect(new Set(rooms)).toEqual(new Set([true]));
});

test('a folder that cannot be made has no room', async () => {
  await nodeFiles.writeFile(path.join(root, 'taken'), '');
  expect(await diskStore(path.join(root, 'taken', 'files')).hasRoom()).toBe(false);
});

test('a store is asked for room once in five seconds', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const rooms = [false, true];
  const hasRoom = roomForFiles({ ...diskStore(root), hasRoom: async () => rooms.shift()! });
  expect([await hasRoom(), await hasRoom()]).toEqual([false, false]);
  vi.advanceTimersByTime(5_000);
  expect([await hasRoom(), await hasRoom()]).toEqual([true, true]);
});

test('a store that does not answer is not asked again meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let asked = 0;
  const never = () => new Promise<boolean>(() => (asked += 1));
  const hasRoom = roomForFiles({ ...diskStore(root), hasRoom: never });
  for (let call = 0; call < 3; call += 1) {
    void hasRoom();
    vi.advanceTimersByTime(5_000);
  }
  expect(asked).toBe(1);
});

test('a bucket that cannot be reached, or refuses, is told as such', async () => {
  const place = { bucket: 'b', region: 'r', key: 'k', secret: 's' };
  const away = s3Store({ endpoint: 'http://127.0.0.1:9', ...place });
  await expect(away.get(id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const store = await bucket('wrong');
  await expect(store.put(id, pieces('x'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

/** A store that speaks as much S3 as we do, and asks for signed calls of its key. */
async function bucket(key = 'the-key'): Promise<FileStore> {
  const objects = new Map<string, Buffer>();
  const service = http.createServer(async (req, res) => {
    const body = await buffer(req);
    const isSigned =
      /^AWS4-HMAC-SHA256 Credential=the-key\/\d{8}\/eu-1\/s3\/aws4_request, .*Signature=[0-9a-f]{64}$/.test(
        req.headers.authorization ?? '',
      );
    const place = req.url ?? '';
    if (!isSigned) return res.writeHead(403).end();
    if (req.method === 'PUT') {
      if (req.headers['content-length'] === undefined) return res.writeHead(411).end();
      objects.set(place, body);
      return res.writeHead(200).end();
    }
    if (req.method === 'DELETE') objects.delete(place);
    const object = objects.get(place);
    if (req.method === 'GET' && object) return res.writeHead(200).end(object);
    return res.writeHead(req.method === 'DELETE' ? 204 : 404).end('<Error/>');
  });
  await new Promise<void>((resolve) => void service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    service.closeAllConnections();
    service.close();
  });
  const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
  return s3Store({ endpoint, bucket: 'files', region: 'eu-1', key, secret: 'the-secret' });
}

test.each([
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['a\u0000b\r\n.txt', 'ab.txt'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['合同.pdf', '合同.pdf'],
  ['a.tar.gz', 'a.tar.gz'],
  ['README', undefined],
  ['.htaccess', undefined],
  ['..', undefined],
  ['', undefined],
  [`${'长'.repeat(300)}.txt`, `${'长'.repeat(196)}.txt`],
])('the name %j is kept as %j', (given, kept) => {
  expect(cleanName(given, 'application/octet-stream')).toBe(kept);
});
