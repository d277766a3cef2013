import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import { SentUpload } from '../testing/sent-upload.ts';
import ImportFormDialog from './ImportFormDialog.vue';
import { useFormExport } from './use-form-export.ts';

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  document.body.innerHTML = '';
  vi.restoreAllMocks();
});

const exported = { format: 'kequn-form', version: 1 };

describe('an import', () => {
  const imported = vi.fn<(id: string) => void>();
  const show = async (answers: Answers) => {
    imported.mockClear();
    shown = await mountPage(ImportFormDialog, { onImported: imported }, answers);
  };
  const choose = async (text: string) => {
    const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
    Object.defineProperty(input, 'files', { value: [new File([text], 'visit.form.json')], configurable: true });
    input.dispatchEvent(new Event('change'));
    // A file is read in steps of its own.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await flushPromises();
  };

  it('makes a form of the file that is chosen', async () => {
    await show({ ImportForm: () => ({ data: { importForm: { __typename: 'Form', id: 'f9', name: 'Visit' } } }) });
    await choose(JSON.stringify(exported));
    expect(shown.calls.at(-1)).toEqual({ operation: 'ImportForm', variables: { document: exported } });
    expect(imported).toHaveBeenCalledExactlyOnceWith('f9');
  });

  it('sends the pictures before the form, which names them by the ids that they get', async () => {
    vi.stubGlobal('XMLHttpRequest', SentUpload);
    const sizes: number[] = [];
    vi.spyOn(SentUpload.prototype, 'send').mockImplementation(function answer(this: SentUpload, body?: FormData) {
      const file = body!.get('file') as File;
      sizes.push(file.size);
      queueMicrotask(() => this.answer(201, { id: `id of ${file.name}` }));
    });
    await show({ ImportForm: () => ({ data: { importForm: { __typename: 'Form', id: 'f9', name: 'Visit' } } }) });
    const layout = (first: string, second: string) => ({
      items: [{ picture: first }, { picture: second }, { picture: first }],
    });
    const pictures = { a: { name: 'a.png', data: btoa('x'.repeat(2_000_000)) }, b: { name: 'b.png', data: btoa('y') } };
    await choose(JSON.stringify({ ...exported, layout: layout('a', 'b'), pictures }));
    await expect.poll(() => imported).toHaveBeenCalled();
    const sent = { ...exported, layout: layout('id of a.png', 'id of b.png') };
    expect(shown.calls.at(-1)).toEqual({ operation: 'ImportForm', variables: { document: sent } });
    expect(sizes).toEqual([2_000_000, 1]);
  });

  it('of which a picture is refused makes nothing, and says why', async () => {
    vi.stubGlobal('XMLHttpRequest', SentUpload);
    vi.spyOn(SentUpload.prototype, 'send').mockImplementation(function answer(this: SentUpload) {
      queueMicrotask(() => this.answer(413, { message: 'That is too much' }));
    });
    await show({});
    await choose(JSON.stringify({ ...exported, pictures: { a: { name: 'a.png', data: btoa('x') } } }));
    await expect.poll(() => document.querySelector('[role="alert"]')?.textContent).toContain('That is too much');
    expect(shown.calls).toEqual([]);
  });

  it('tells everything that stands in the way, each once', async () => {
    const issues = ['No field “A”', 'No field “B”', 'No field “A”'].map((message, index) => ({
      path: `document/fields/${index}`,
      code: 'UNKNOWN_FIELD',
      message,
    }));
    await show({
      ImportForm: () => ({ errors: [{ message: 'x', extensions: { code: 'VALIDATION_FAILED', issues } }] }),
    });
    await choose(JSON.stringify(exported));
    const alert = document.querySelector('[role="alert"]')!;
    expect([...alert.querySelectorAll('li')].map((item) => item.textContent)).toEqual(['No field “A”', 'No field “B”']);
    expect(document.body.textContent).toContain('Choose another file…');
    expect(imported).not.toHaveBeenCalled();
  });

  it.each([
    ['no JSON', 'name,age'],
    ['nothing', 'null'],
    ['more than a form can be', `"${'x'.repeat(1_000_001)}"`],
  ])('of a file that is %s asks nobody', async (_, text) => {
    await show({});
    await choose(text);
    expect(document.querySelector('[role="alert"]')!.textContent).toContain('There is no form in this file');
    expect(shown.calls).toEqual([]);
  });
});

describe('an export', () => {
  const Exporting = defineComponent(() => {
    const exportForm = useFormExport();
    return () => h('button', { onClick: () => exportForm({ id: 'f1', name: 'Visit: a/b' }) });
  });
  const press = async (answers: Answers) => {
    shown = await mountPage(Exporting, {}, answers);
    const saved: { name: string; text: Promise<string> }[] = [];
    const blobs: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob);
      return 'blob:form';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      saved.push({ name: this.download, text: blobs.at(-1)!.text() });
    });
    await shown.page.get('button').trigger('click');
    await flushPromises();
    return saved;
  };

  it('saves a file that is named by the form', async () => {
    const [file] = await press({ ExportForm: () => ({ data: { exportForm: exported } }) });
    expect([file!.name, JSON.parse(await file!.text)]).toEqual(['Visit  a b.form.json', exported]);
  });

  it('that is refused saves nothing', async () => {
    const saved = await press({
      ExportForm: () => ({ errors: [{ message: 'No', extensions: { code: 'FORBIDDEN' } }] }),
    });
    expect(saved).toEqual([]);
  });
});
