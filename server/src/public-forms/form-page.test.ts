import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { layoutOf } from '../testing/answer-calls.ts';
import { PublicForms } from '../testing/public-form-world.ts';

let world: PublicForms;
beforeAll(async () => {
  world = await PublicForms.start();
});
afterAll(() => world.server.close());
beforeEach(() => world.clear());

describe('the page without a script', () => {
  const post = (slug: string, entries: [string, string][]) =>
    fetch(`${world.server.url}/f/${slug}`, {
      method: 'POST',
      headers: { 'accept-language': 'en' },
      body: new URLSearchParams(entries),
      redirect: 'manual',
    });

  test('is filled, corrected and sent', async () => {
    const { slug } = await world.open(
      layoutOf({ field: 'name', required: true }, { field: 'age' }, { field: 'likes' }, { field: 'vip' }),
      { thanks: '<b>谢谢</b>' },
    );
    const page = await world.get(slug);
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(text).toMatch(/<label for="field-age"\s*>Age/);
    const wrong = await post(slug, [
      ['age', 'ten'],
      ['vip', 'true'],
    ]);
    const told = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(told).toContain('id="field-age-wrong"');
    expect(told).toContain('id="field-name-wrong"');
    expect(told).toMatch(/<option value="true" selected>/);
    const sent = await post(slug, [
      ['name', 'An'],
      ['age', '3'],
      ['likes', 'art'],
      ['likes', 'tea'],
      ['vip', 'false'],
      ['version', '1'],
    ]);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/f/${slug}?sent=1&lang=en`]);
    expect(await world.customers()).toMatchObject([{ name: 'An', age: 3, likes: ['tea', 'art'], vip: false }]);
    expect(await (await world.get(`${slug}?sent=1`)).text()).toContain('&lt;b&gt;谢谢&lt;/b&gt;');
  });

  test('asks below a choice for own words, which are required with one option alone', async () => {
    const visibleWhen = { has_any: [{ var: 'likes' }, ['tea']] };
    const words = { field: 'likes_else', required: true, visibleWhen };
    const { slug } = await world.open(layoutOf({ field: 'name', required: true }, { field: 'likes' }, words));
    const text = await (await world.get(slug)).text();
    expect(text).toMatch(/class="entry own-words">\s*<label for="field-likes_else"\s*>[^<]*<small>required with “茶”</);
    const wrong = await post(slug, [
      ['name', 'An'],
      ['likes', 'tea'],
    ]);
    expect(await wrong.text()).toContain('id="field-likes_else-wrong"');
    const sent = await post(slug, [
      ['name', 'An'],
      ['likes', 'art'],
    ]);
    expect(sent.status).toBe(303);
  });

  test('takes a time by the clocks of the zone, and shows it again as it was entered', async () => {
    const { slug } = await world.open(layoutOf({ field: 'name', required: true }, { field: 'visit' }));
    const { timeZone } = (await (await world.get(`${slug}.json`)).json()) as { timeZone: string };
    const wrong = await (await post(slug, [['visit', '2026-03-01T09:30']])).text();
    expect(wrong).toContain(`By the clocks of ${timeZone}`);
    expect(wrong).toMatch(/type="datetime-local"[^>]*value="2026-03-01T09:30"/);
    await post(slug, [
      ['name', 'An'],
      ['visit', '2026-03-01T09:30'],
    ]);
    const [customer] = await world.customers();
    const shown = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone });
    expect(shown.format(new Date((customer as unknown as { visit: string }).visit))).toBe('09:30');
  });

  test('speaks the language that was chosen on it', async () => {
    const { slug } = await world.open(layoutOf({ field: 'name', required: true }));
    const page = await (await world.get(`${slug}?lang=zh-CN`)).text();
    expect(page).toContain(`<a href="/f/${slug}?lang=en" lang="en">English</a>`);
    const wrong = await fetch(`${world.server.url}/f/${slug}?lang=zh-CN`, {
      method: 'POST',
      headers: { 'accept-language': 'en' },
      body: new URLSearchParams({ version: '1' }),
    });
    expect(await wrong.text()).toContain('有内容需要改正');
  });

  test('P43 shows words as words', async () => {
    const { slug } = await world.open({
      pages: [
        {
          title: '<script>1</script>',
          sections: [
            {
              title: '"><img src=x>',
              columns: [{ items: [{ text: "<a href='javascript:1'>" }, { field: 'name', label: '<i>' }] }],
            },
          ],
        },
      ],
    });
    const text = await (await world.get(slug)).text();
    expect(text).not.toMatch(/<script>1|<img src=x|<a href='javascript|<i>/);
    expect(text).toContain('&lt;script&gt;1');
  });
});
