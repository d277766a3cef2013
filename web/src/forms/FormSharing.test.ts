import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import FormPage from './FormPage.vue';
// The app loads them when they are first seen; no test would wait for them.
import 'element-plus/es/components/message-box/index.mjs';
import 'element-plus/es/components/message/index.mjs';
import './FormSharing.vue';

const layout = { pages: [{ sections: [{ columns: [{ items: [{ field: 'name' }, { field: 'mail' }] }] }] }] };
const published = { number: 1, layout, settings: { hiddenValues: 'KEEP' }, publishedAt: '2026-01-01T00:00:00Z' };

function formAnswer(parts: Readonly<Record<string, Json>> = {}): Json {
  return {
    __typename: 'Form',
    id: 'f1',
    name: 'Visit',
    version: 1,
    layout,
    settings: { hiddenValues: 'KEEP' },
    publicSlug: null,
    restricted: null,
    changed: false,
    published,
    ...parts,
  };
}

let shown: MountedPage;
let stored: Json;

/** Shows the tab; the server tells of a password only that there is one. */
async function show(answers: Answers = {}, form: Json = formAnswer()): Promise<void> {
  stored = form;
  shown = await mountPage(
    FormPage,
    { id: 'f1' },
    {
      ...commonAnswers,
      Fields: () => ({
        data: { fields: [fieldAnswer('name', 'TEXT', 'Name'), fieldAnswer('mail', 'EMAIL', 'E-mail')] },
      }),
      Form: () => ({ data: { form: stored } }),
      SaveForm: ({ input }) => {
        const { settings, version } = input as { settings: Record<string, Json>; version: number };
        const { password, ...others } = settings;
        const told = password ? { ...others, password: true } : others;
        stored = { ...(stored as object), settings: told, version: version + 1, changed: true } as Json;
        return { data: { saveForm: stored } };
      },
      ...answers,
    },
  );
  useSession().viewer = { id: 'u1', capabilities: ['MANAGE_FORMS'] } as unknown as ViewerFragment;
  await settle();
  await click('Share');
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(50);
  await flushPromises();
}

async function wait(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_100);
  await settle();
}

async function click(name: string): Promise<void> {
  const found = [...document.querySelectorAll<HTMLElement>('button, a')].filter(
    (each) => (each.getAttribute('aria-label') ?? each.textContent)?.trim() === name,
  );
  if (found.length === 0) throw new Error(`No ${name}`);
  // A question stands above what asked it.
  found.at(-1)!.click();
  await settle();
}

function entry(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent?.trim() === label);
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
}

async function type(label: string, text: string): Promise<void> {
  entry(label).value = text;
  entry(label).dispatchEvent(new Event('input'));
  await settle();
}

function sent(): readonly Json[] {
  const saves = shown.calls.filter(({ operation }) => operation === 'SaveForm');
  return saves.map(({ variables }) => (variables['input'] as { settings: Json }).settings);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  shown.page.unmount();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

it('a form is opened after a question, and its link, code and QR code can be taken', async () => {
  const publicSlug = 'abc';
  await show({ SetFormPublic: () => ({ data: { setFormPublic: (stored = formAnswer({ publicSlug, version: 2 })) } }) });
  expect(document.body.textContent).toContain('Only people who sign in can fill this form.');
  await click('Make public');
  expect(document.body.textContent).toContain('Anybody who has the link can open and fill it');
  await click('Make public');
  const address = `${window.location.origin}/f/abc`;
  expect([entry('Link').value, entry('Embed code').value]).toEqual([
    address,
    `<iframe src="${address}" title="Visit" style="width: 100%; height: 720px; border: 0"></iframe>`,
  ]);
  expect(document.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe('QR code of “Visit”');
});

it('closing says that the link is gone for good', async () => {
  await show({}, formAnswer({ publicSlug: 'abc' }));
  await click('Stop being public');
  expect(document.body.textContent).toContain('stop working at once, for good');
});

it.each<[string, object, string]>([
  ['of fields', { code: 'FIELD_FORBIDDEN', fields: ['mail', 'gone'] }, 'E-mail and gone'],
  [
    'of one field, with the reason',
    { code: 'VALIDATION_FAILED', issues: [{ path: 'mail', code: 'INVALID', message: 'It would tell.' }] },
    '“E-mail”: It would tell.',
  ],
  ['of the viewer', { code: 'FORBIDDEN' }, 'you may not make customers'],
])('a refusal because %s is told in words', async (_, extensions, words) => {
  await show({ SetFormPublic: () => ({ errors: [{ message: 'No', extensions: extensions as Json }] }) as never });
  await click('Make public');
  await click('Make public');
  expect(document.querySelector('[role=alert]')?.textContent).toContain(words);
});

it('settings are saved with the draft; what is wrong is told and not sent', async () => {
  await show();
  await type('Answers in all, at most', '0');
  await wait();
  expect(sent()).toEqual([]);
  expect(document.body.textContent).toContain('Enter a whole number from 1 up');
  await type('Answers in all, at most', '20');
  await wait();
  expect(sent()).toEqual([{ hiddenValues: 'KEEP', limit: 20 }]);
  expect(document.body.textContent).toContain('There are changes that take effect when the form is published.');
});

it('a password is sent once and kept nowhere; one that was removed does not come back', async () => {
  await show();
  await click('Set a password');
  await type('New password', 'abc');
  await click('Use this password');
  expect(document.body.textContent).toContain('A password has 4 characters or more');
  await type('New password', 'sesame');
  await click('Use this password');
  await wait();
  await type('Answers per person, at most', '1');
  await wait();
  expect(sent()).toEqual([
    { hiddenValues: 'KEEP', password: 'sesame' },
    { hiddenValues: 'KEEP', password: true, perPerson: 1 },
  ]);
  expect(document.body.innerHTML).not.toContain('sesame');
  await click('Remove the password');
  await wait();
  expect(sent().at(-1)).toEqual({ hiddenValues: 'KEEP', perPerson: 1 });
});

it('customers are found by the fields that were chosen', async () => {
  await show();
  expect(document.body.textContent).toContain('At present: E-mail');
  const radios = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const byChosen = radios.find((each) => each.closest('label')?.textContent?.includes('By these fields only'))!;
  byChosen.checked = true;
  byChosen.dispatchEvent(new Event('change'));
  await settle();
  const name = [...document.querySelectorAll('label')].find((each) => each.textContent?.trim() === 'Name')!;
  name.querySelector('input')!.click();
  await wait();
  expect(sent()).toEqual([{ hiddenValues: 'KEEP', matchOn: ['mail', 'name'] }]);
});
