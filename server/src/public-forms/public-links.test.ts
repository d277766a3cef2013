import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accepted, simple, start, PublicForms } from '../testing/public-form-world.ts';

let world: PublicForms;
beforeAll(async () => {
  world = await PublicForms.start();
});
afterAll(() => world.server.close());
beforeEach(() => world.clear());

describe('P69 a link', () => {
  test('is of more than 128 random bits, and looks alike when it was never one, was taken back, is not yet or no more open, or full', async () => {
    const { id, slug } = await world.open(simple, {
      opensAt: '2026-03-01T08:00:00Z',
      closesAt: '2026-03-02T08:00:00Z',
      limit: 1,
    });
    expect(Buffer.from(slug, 'base64url')).toHaveLength(18);
    const looks = async (of: string) => {
      const page = await world.get(of);
      const sent = await world.send(of, { values: { name: 'An' } });
      return JSON.stringify([page.status, await page.text(), sent]).replaceAll(of, 'SLUG');
    };
    const never = await looks('a'.repeat(24));
    world.clock.now = '2026-03-01T07:59:59.999Z';
    const before = await looks(slug);
    world.clock.now = '2026-03-02T08:00:00.000Z';
    const after = await looks(slug);
    world.clock.now = start;
    expect(await world.send(slug, { values: { name: 'An' } })).toEqual(accepted);
    const full = await looks(slug);
    await world.server.ask(`mutation { setFormPublic(id: "${id}", public: false) { id } }`);
    const takenBack = await looks(slug);
    expect(never).toContain('404');
    expect([before, after, full, takenBack]).toEqual([never, never, never, never]);
  });

  test('takes no more than its limit, however many answer at once', async () => {
    const { slug } = await world.open(simple, { limit: 3 });
    const sent = await Promise.all(
      Array.from({ length: 12 }, (_, n) => world.send(slug, { values: { name: `n${n}` } })),
    );
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(await world.customers()).toHaveLength(3);
  });

  test('takes of one person what it says', async () => {
    const { slug } = await world.open(simple, { perPerson: 1 });
    const [first, second] = ['kequn_person=aaaa', 'kequn_person=bbbb'];
    expect(await world.send(slug, { values: { name: 'An' } }, { cookie: first! })).toEqual(accepted);
    expect((await world.send(slug, { values: { name: 'An' } }, { cookie: first! })).status).toBe(403);
    expect(await world.send(slug, { values: { name: 'Bo' } }, { cookie: second! })).toEqual(accepted);
  });

  test('asks for its password', async () => {
    const { slug } = await world.open(simple, { password: 'sesame' });
    const bare = await world.get(slug);
    expect([bare.status, await bare.text()]).toEqual([401, expect.not.stringContaining('姓名')]);
    expect((await world.get(`${slug}.json`)).status).toBe(401);
    expect((await world.send(slug, { values: { name: 'An' } })).status).toBe(401);
    const say = (password: string) =>
      fetch(`${world.server.url}/f/${slug}/password`, {
        method: 'POST',
        body: new URLSearchParams({ password }),
        redirect: 'manual',
      });
    expect((await say('guess')).status).toBe(401);
    const opened = await say('sesame');
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    expect([opened.status, opened.headers.get('location'), (await world.get(slug, { cookie })).status]).toEqual([
      303,
      `/f/${slug}?lang=zh-CN`,
      200,
    ]);
    expect(await world.send(slug, { values: { name: 'An' } }, { cookie })).toEqual(accepted);
  });
});
