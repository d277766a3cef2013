import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../platform/uuid.ts';
import { admin, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const SAVE = `mutation ($input: SegmentInput!) { saveSegment(input: $input) { id version folder tags owner { id name } } }`;

interface Saved {
  id: string;
  version: number;
  folder: string | null;
  tags: string[];
  owner: { id: string; name: string } | null;
}

async function save(input: object): Promise<Saved> {
  return (await server.ask<{ saveSegment: Saved }>(SAVE, { input: { name: 'x', ...input } })).saveSegment;
}

async function issuesOf(input: object): Promise<unknown> {
  const { errors } = await server.call(SAVE, { input: { name: 'x', ...input } });
  const issues = errors?.[0]?.extensions['issues'] as { path: string; code: string }[] | undefined;
  return issues?.map(({ path, code }) => `${path} ${code}`);
}

async function userId(email: string): Promise<string> {
  const [user] = await server.database.source.query<{ id: string }[]>('select id from app_user where email = $1', [
    email,
  ]);
  return user!.id;
}

describe('folder and tags', () => {
  test('are in normal form, each tag once, blank ones none', async () => {
    const saved = await save({ folder: '  Cafe\u0301 ', tags: [' 重点 ', '', '重点', 'Cafe\u0301', 'Café'] });
    expect(saved).toMatchObject({ folder: 'Café', tags: ['重点', 'Café'] });
  });

  test('are none at first, stay where they are not given, and are emptied by null', async () => {
    expect(await save({})).toMatchObject({ folder: null, tags: [] });
    const { id } = await save({ folder: 'a', tags: ['b'] });
    expect(await save({ id, version: 1 })).toMatchObject({ folder: 'a', tags: ['b'] });
    expect(await save({ id, version: 2, folder: null, tags: null })).toMatchObject({ folder: null, tags: [] });
    expect(await save({ id, version: 3, folder: '   ' })).toMatchObject({ folder: null });
  });

  test('hold 60 characters, of whatever width, and 20 tags', async () => {
    const tags = Array.from({ length: 20 }, (_, at) => `${at}`);
    expect(await save({ folder: '𠮷'.repeat(60), tags })).toMatchObject({ folder: '𠮷'.repeat(60), tags });
    expect(await issuesOf({ folder: 'a'.repeat(61), tags: ['ok', 'b'.repeat(61)] })).toEqual([
      'folder TOO_LONG',
      'tags/1 TOO_LONG',
    ]);
    expect(await issuesOf({ tags: [...tags, 'more'] })).toEqual(['tags TOO_LONG']);
    expect(await issuesOf({ folder: 'a\u0000b', tags: ['.\n.'] })).toEqual([
      'folder FORBIDDEN_CHARACTER',
      'tags/0 FORBIDDEN_CHARACTER',
    ]);
  });

  test('are told to who may not see the rule', async () => {
    const { id } = await save({ folder: 'a', tags: ['b'] });
    const token = await server.signInAs([]);
    const { segment } = await server.ask<{ segment: Saved }>(
      'query ($id: ID!) { segment(id: $id) { folder tags } }',
      { id },
      { token },
    );
    expect(segment).toEqual({ folder: 'a', tags: ['b'] });
  });
});

describe('the owner', () => {
  test('is whoever makes the segment, if not told otherwise', async () => {
    const me = await userId(admin.email);
    expect((await save({})).owner?.id).toBe(me);
    const { id } = await save({ ownerId: null });
    expect((await save({ id, version: 1 })).owner).toBeNull();
    expect((await save({ id, version: 2, ownerId: me.toUpperCase() })).owner?.id).toBe(me);
  });

  test('is somebody who is there; one who has left may stay', async () => {
    expect(await issuesOf({ ownerId: newId() })).toEqual(['owner INVALID']);
    expect(await issuesOf({ ownerId: 'nobody' })).toEqual(['owner INVALID']);
    await server.signInAs([]);
    const [other] = await server.database.source.query<{ id: string }[]>(
      'select id from app_user where email <> $1 limit 1',
      [admin.email],
    );
    const { id } = await save({ ownerId: other!.id });
    await server.database.source.query('update app_user set active = false where id = $1', [other!.id]);
    expect((await save({ id, version: 1, ownerId: other!.id })).owner?.id).toBe(other!.id);
    expect(await issuesOf({ ownerId: other!.id })).toEqual(['owner INVALID']);
  });
});
