import type { FormItem, FormLayout, Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import type { FormPartsFragment, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import { SentUpload } from '../testing/sent-upload.ts';
import { announcement } from '../ui/announcer.ts';
import FormPage from './FormPage.vue';
import { useFormActs } from './use-form-acts.ts';
import 'element-plus/es/components/message/index.mjs';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const sent = { id, name: 'cup.png', bytes: 9, type: 'image/png' };

function layoutOf(...items: readonly FormItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }] }] }] };
}

const formAnswer = (layout: Json, version = 1): FormPartsFragment & { readonly [key: string]: Json } => ({
  __typename: 'Form',
  id: 'f1',
  name: 'Visit',
  version,
  layout,
  settings: { hiddenValues: 'KEEP' },
  publicSlug: null,
  restricted: null,
  changed: false,
  published: null,
});

let shown: MountedPage;
/** The layouts that were saved. */
let saved: Json[] = [];

async function show(...items: readonly FormItem[]): Promise<void> {
  const layout = layoutOf({ field: 'name' }, ...items) as unknown as Json;
  const SaveForm = ({ input }: Readonly<Record<string, Json>>) => {
    saved.push((input as Record<string, Json>)['layout']!);
    return { data: { saveForm: formAnswer(saved.at(-1)!, saved.length + 1) } };
  };
  const answers = { ...commonAnswers, Form: () => ({ data: { form: formAnswer(layout) } }), SaveForm };
  shown = await mountPage(FormPage, { id: 'f1' }, answers);
  useSession().viewer = { id: 'u1', capabilities: ['MANAGE_FORMS'] } as unknown as ViewerFragment;
  await settle();
}

async function settle(time = 50): Promise<void> {
  await vi.advanceTimersByTimeAsync(time);
  await flushPromises();
}

const button = (name: string) =>
  [...document.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent)?.trim() === name,
  )!;
const text = () => document.querySelector('.settings')!.textContent;
const pictureOnCanvas = () => document.querySelector<HTMLImageElement>('.item img');

async function click(name: string): Promise<void> {
  button(name).click();
  await settle();
}

async function choose(file: File): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('.choice input[type="file"]')!;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
  await settle();
}

const cup = new File(['picture'], 'cup.png', { type: 'image/png' });

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  SentUpload.sent = [];
  saved = [];
  vi.stubGlobal('XMLHttpRequest', SentUpload);
});
afterEach(() => {
  shown.page.unmount();
  document.body.innerHTML = '';
  vi.useRealTimers();
});

describe('a picture in the designer', () => {
  it('is put on the form, chosen and described; until then nothing is saved', async () => {
    await show();
    await click('Add “Picture”');
    expect(pictureOnCanvas()).toBeNull();
    expect(document.querySelector('.canvas')!.textContent).toContain('No picture yet');
    await click('Problems (2)');
    expect(document.body.textContent).toContain('Picture: No picture is chosen yet');
    await settle(2_000);
    expect(saved).toEqual([]);

    await choose(cup);
    const [sending] = SentUpload.sent;
    expect(sending!.address).toBe('/pictures');
    sending!.upload.dispatchEvent(new ProgressEvent('progress', { loaded: 1, total: 4 }));
    await settle();
    expect(text()).toContain('25%');
    sending!.answer(201, sent);
    await settle();
    expect(pictureOnCanvas()!.getAttribute('src')).toBe(`/pictures/${id}`);
    const description = document.activeElement as HTMLTextAreaElement;
    expect(description.tagName).toBe('TEXTAREA');
    description.value = 'A cup';
    description.dispatchEvent(new Event('input'));
    await settle(2_000);
    expect(saved).toEqual([layoutOf({ field: 'name' }, { picture: id, alt: { en: 'A cup' } })]);
    expect(pictureOnCanvas()!.alt).toBe('A cup');
  });

  it('may be a decoration, has a width, and each step is undone', async () => {
    await show({ picture: id, alt: 'A cup' });
    document.querySelectorAll<HTMLElement>('.item')[1]!.click();
    await settle();
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
    expect(document.activeElement!.textContent!.trim()).toBe('Replace');
    document.querySelector<HTMLInputElement>('.settings input[type="checkbox"]')!.click();
    await settle();
    expect(document.querySelector('.settings textarea')).toBeNull();
    document.querySelector<HTMLInputElement>('.settings input[type="radio"][value="SMALL"]')!.click();
    await settle(2_000);
    expect(saved.at(-1)).toEqual(layoutOf({ field: 'name' }, { picture: id, alt: '', width: 'SMALL' }));
    expect(pictureOnCanvas()!.className).toBe('SMALL');
    await click('Undo');
    await click('Undo');
    await settle(2_000);
    expect(saved.at(-1)).toEqual(layoutOf({ field: 'name' }, { picture: id, alt: 'A cup' }));
  });

  it.each<[string, File, string]>([
    ['of another kind', new File(['<svg/>'], 'cup.svg', { type: 'image/svg+xml' }), 'Choose a picture: PNG, JPEG'],
    [
      'that is too large',
      new File([new Uint8Array(5 * 1_048_576 + 1)], 'cup.png', { type: 'image/png' }),
      'The picture is too large: at most 5 MB',
    ],
  ])('%s is not sent', async (_, file, refusal) => {
    await show();
    await click('Add “Picture”');
    await choose(file);
    expect(document.querySelector('.choice [role="alert"]')!.textContent).toContain(refusal);
    expect(SentUpload.sent).toEqual([]);
  });

  it('that the server refuses is told, and another can be chosen', async () => {
    await show();
    await click('Add “Picture”');
    await choose(cup);
    SentUpload.sent[0]!.answer(422, { message: 'No', issues: [{ message: 'A picture is expected' }] });
    await settle();
    expect(document.querySelector('.choice [role="alert"]')!.textContent).toBe('A picture is expected');
    await choose(cup);
    SentUpload.sent[1]!.answer(201, sent);
    await settle();
    expect(pictureOnCanvas()).not.toBeNull();
  });

  it('comes to its place though something else is looked at meanwhile, and is told where that is gone', async () => {
    await show({ picture: id, alt: '' });
    document.querySelectorAll<HTMLElement>('.item')[1]!.click();
    await settle();
    await choose(cup);
    document.querySelectorAll<HTMLElement>('.item')[0]!.click();
    await settle();
    SentUpload.sent[0]!.answer(201, { ...sent, id: 'other' });
    await settle();
    expect(pictureOnCanvas()!.getAttribute('src')).toBe('/pictures/other');
    expect(announcement.value).toContain('The picture is uploaded');
  });
});

describe('pictures belong to one form', () => {
  /** The server has a picture, and takes copies. */
  function serve(...copies: readonly string[]): void {
    const { fetch } = window;
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) =>
      address.startsWith('/pictures/')
        ? new Response(new Blob(['picture'], { type: 'image/png' }), { headers: { 'content-type': 'image/png' } })
        : fetch(address, init),
    );
    let taken = 0;
    vi.spyOn(SentUpload.prototype, 'send').mockImplementation(function answer(this: SentUpload) {
      queueMicrotask(() => this.answer(201, { ...sent, id: copies[taken++]! }));
    });
  }
  afterEach(() => vi.restoreAllMocks());

  it('a copy of a form gets copies of them', async () => {
    vi.useRealTimers();
    const layout = layoutOf({ picture: id, alt: 'A cup' }, { picture: id, alt: '' }) as unknown as Json;
    const copies: Json[] = [];
    const Copying = defineComponent(() => {
      const { duplicate } = useFormActs();
      return () => h('button', { onClick: () => duplicate(formAnswer(layout)) });
    });
    shown = await mountPage(
      Copying,
      {},
      {
        SaveForm: ({ input }) => {
          copies.push((input as Record<string, Json>)['layout']!);
          return { data: { saveForm: formAnswer(copies[0]!) } };
        },
      },
    );
    serve('copy');
    await shown.page.get('button').trigger('click');
    await expect
      .poll(() => copies)
      .toEqual([layoutOf({ picture: 'copy', alt: 'A cup' }, { picture: 'copy', alt: '' })]);
  });

  it('what is pasted from elsewhere is a copy, what stands here is not', async () => {
    await show({ picture: id, alt: '' });
    serve('copy');
    const paste = async (picture: string) => {
      document.querySelectorAll<HTMLElement>('.item')[0]!.click();
      await settle();
      const clipboard = new DataTransfer();
      clipboard.setData('text/plain', JSON.stringify({ 'kequn-form': 'item', parts: [{ picture, alt: '' }] }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, cancelable: true }));
      await settle(500);
    };
    await paste(id);
    await paste('theirs');
    await settle(2_000);
    expect(JSON.stringify(saved.at(-1)).match(/"picture":"[^"]*"/g)).toEqual([
      '"picture":"copy"',
      `"picture":"${id}"`,
      `"picture":"${id}"`,
    ]);
  });
});
