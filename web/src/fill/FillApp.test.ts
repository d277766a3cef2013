import { fieldTypes, type FieldType, type Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadCheckToolsFor } from '../field-kit/check-tools.ts';
import { speak } from '../i18n/locale.ts';
import { mountPage, type MountedPage } from '../testing/mount-page.ts';
import FillApp from './FillApp.vue';
import { fillMessages } from './messages.ts';
import { publicEditors } from './public-editors.ts';
import type { PublicForm } from './public-form.ts';

const options = ['a', 'b'].map((key) => ({ key, label: key, labels: {}, color: null, archived: false }));

function field(type: FieldType): PublicForm['fields'][number] {
  const key = type.toLowerCase();
  const rest = { labels: {}, validation: {}, required: false, unique: false, archived: false, help: null };
  return { key, type, label: type, options: type.endsWith('SELECT') ? options : [], ...rest };
}

/** Every type of fields that a public form may place. */
const fields = (Object.keys(fieldTypes) as FieldType[]).filter((type) => type !== 'USER').map(field);

const form: PublicForm = {
  name: 'Visit',
  version: 1,
  layout: {
    pages: [
      {
        title: 'First',
        sections: [
          { columns: [{ items: [{ picture: 'cup', alt: 'A cup' }, ...fields.map(({ key }) => ({ field: key }))] }] },
        ],
      },
      { sections: [{ columns: [{ items: [{ text: 'Nearly done' }] }] }] },
    ],
  },
  fields,
  hiddenValues: 'KEEP',
  thanks: { en: 'Many thanks' },
  consent: { en: 'I agree' },
  proofBits: 0,
  timeZone: 'Asia/Shanghai',
};

let shown: MountedPage;
let sent: Json[];

async function show(): Promise<void> {
  const editors = await publicEditors(fields);
  shown = await mountPage(FillApp, { slug: 'abc', form, editors }, {});
  // The page is shown with its own texts alone.
  await speak('en', fillMessages);
  sent = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as Json);
    return new Response('{"accepted":true}', { status: 201 });
  });
  await loadCheckToolsFor(fields);
  await flushPromises();
}

async function click(name: string): Promise<void> {
  const found = shown.page.findAll('button').find((each) => each.text() === name);
  await found!.trigger(found!.attributes('type') === 'submit' ? 'submit' : 'click');
  await flushPromises();
}

function input(label: string) {
  const named = shown.page.findAll('label').find((each) => each.text() === label);
  return shown.page.find(`#${named!.attributes('for')}`);
}

beforeEach(() => localStorage.clear());
afterEach(() => shown.page.unmount());

it('shows every type of field with the texts of its own', async () => {
  await show();
  expect(shown.page.findAll('.form-row > label').map((label) => label.text())).toEqual(
    fields.map(({ label }) => label),
  );
  expect(shown.page.text()).toContain('Page 1 of 2');
});

it('shows pictures by its link, at the version that is filled', async () => {
  await show();
  expect(shown.page.get('img').attributes()).toMatchObject({ src: '/f/abc/pictures/cup?version=1', alt: 'A cup' });
});

it('tells mistakes, asks for consent, sends once and thanks', async () => {
  await show();
  await input('EMAIL').setValue('nobody');
  await click('Next');
  expect(shown.page.find('[role=alert]').text()).toBe('1 entry needs another look');
  await input('EMAIL').setValue('an@example.com');
  await click('Next');
  expect(shown.page.text()).toContain('Nearly done');
  await click('Submit');
  expect([shown.page.text().includes('Please agree first'), sent]).toEqual([true, []]);
  await shown.page.find('input[type=checkbox]').setValue(true);
  await click('Submit');
  expect(sent).toMatchObject([{ values: { email: 'an@example.com' }, version: 1, consent: true }]);
  expect(shown.page.text()).toContain('Many thanks');
  expect(localStorage).toHaveLength(0);
});

it('goes on with what was begun on this device', async () => {
  await show();
  const text = shown.page.find('.form-row input');
  await text.setValue('An');
  shown.page.unmount();
  await show();
  expect(shown.page.text()).toContain('What was begun on this device is there again.');
  expect((shown.page.find('.form-row input').element as HTMLInputElement).value).toBe('An');
});

describe('on a later page', () => {
  beforeEach(async () => {
    await show();
    await input('EMAIL').setValue('an@example.com');
    await click('Next');
  });

  it('goes on there', async () => {
    shown.page.unmount();
    await show();
    expect(shown.page.text()).toContain('Page 2 of 2');
    await click('Back');
    expect(shown.page.text()).toContain('Page 1 of 2');
  });

  it('goes on at an earlier page that is wrong by now', async () => {
    shown.page.unmount();
    const [name, kept] = Object.entries(localStorage)[0] as [string, string];
    localStorage.setItem(name, kept.replace('an@example.com', 'nobody'));
    await show();
    expect(shown.page.text()).toContain('Page 1 of 2');
  });

  it('starts over at the first page', async () => {
    shown.page.unmount();
    await show();
    await click('Start over');
    expect(shown.page.text()).toContain('Page 1 of 2');
    expect((input('EMAIL').element as HTMLInputElement).value).toBe('');
  });
});

it('gives yes, an option, a day and an instant by what the browser has of its own', async () => {
  await show();
  for (const [label, value] of Object.entries({
    BOOLEAN: 'false',
    SELECT: 'b',
    DATE: '2026-02-28',
    DATETIME: '2026-02-28T08:30',
  }))
    await input(label).setValue(value);
  await click('Next');
  await shown.page.find('input[type=checkbox]').setValue(true);
  await click('Submit');
  const datetime = new Date('2026-02-28T08:30').toISOString();
  expect(sent).toMatchObject([{ values: { boolean: false, select: 'b', date: '2026-02-28', datetime } }]);
});

it('tells that a day which was only begun is none', async () => {
  await show();
  const day = input('DATE');
  Object.defineProperty(day.element, 'validity', { value: { badInput: true } });
  await day.trigger('blur');
  await day.trigger('focusout');
  await click('Next');
  expect(shown.page.find('.is-error').text()).toContain('Not a real day');
});

it('lets a long list of options be searched', async () => {
  const many = Array.from({ length: 31 }, (_, index) => ({ ...options[0]!, key: `o${index}`, label: `${index}` }));
  const select = field('SELECT');
  const short = await publicEditors([select]);
  const long = await publicEditors([{ ...select, options: many }]);
  expect(long.SELECT).not.toBe(short.SELECT);
});
