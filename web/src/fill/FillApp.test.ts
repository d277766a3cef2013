import { fieldTypes, type FieldType, type Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadCheckToolsFor } from '../field-kit/check-tools.ts';
import { speak } from '../i18n/locale.ts';
import { mountPage, type MountedPage } from '../testing/mount-page.ts';
import FillApp from './FillApp.vue';
import { fillMessages } from './messages.ts';
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
      { title: 'First', sections: [{ columns: [{ items: fields.map(({ key }) => ({ field: key })) }] }] },
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
  shown = await mountPage(FillApp, { slug: 'abc', form }, {});
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

beforeEach(() => localStorage.clear());
afterEach(() => shown.page.unmount());

it('shows every type of field with the texts of its own', async () => {
  await show();
  expect(shown.page.findAll('.form-row > label').map((label) => label.text())).toEqual(
    fields.map(({ label }) => label),
  );
  expect(shown.page.text()).toContain('Page 1 of 2');
});

it('tells mistakes, asks for consent, sends once and thanks', async () => {
  await show();
  const input = (label: string) =>
    shown.page.find(
      `#${shown.page
        .findAll('label')
        .find((each) => each.text() === label)!
        .attributes('for')}`,
    );
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
