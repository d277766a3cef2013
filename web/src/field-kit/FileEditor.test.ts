import type { FieldDefinition, Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { announcement } from '../ui/announcer.ts';
import { SentUpload } from '../testing/sent-upload.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import FileEditor from './FileEditor.vue';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const known = { __typename: 'FileInfo', id, name: 'contract.pdf', bytes: 2_048, type: 'application/pdf' };
const answers = { ...commonAnswers, Files: () => ({ data: { files: [known] } }) };

const field: FieldDefinition = {
  key: 'paper',
  type: 'FILE',
  label: 'Paper',
  labels: {},
  options: [],
  validation: { maxMegabytes: 1 },
  required: false,
  unique: false,
  archived: false,
};

let shown: MountedPage;
const value = shallowRef<Json>(null);
const Page = defineComponent(
  () => () =>
    h(FileEditor, { field, modelValue: value.value, 'onUpdate:modelValue': (now: Json) => void (value.value = now) }),
);

beforeEach(() => {
  SentUpload.sent = [];
  value.value = null;
  vi.stubGlobal('XMLHttpRequest', SentUpload);
});
afterEach(() => shown.page.unmount());

async function drop(file: File): Promise<void> {
  await shown.page.get('.file').trigger('drop', { dataTransfer: { files: [file] } });
}

const text = () => shown.page.text();
const button = (name: string) => shown.page.findAll('button').find((one) => one.text() === name)!;

describe('the entry of a file', () => {
  it('uploads what is dropped, tells how far it is, and holds the id that it gets', async () => {
    shown = await mountPage(Page, {}, answers);
    expect(text()).toContain('Choose a file');
    expect(text()).toContain('Up to 1 MB');
    await drop(new File(['%PDF'], 'contract.pdf'));
    const [sending] = SentUpload.sent;
    expect(sending?.address).toBe('/files?field=paper');
    sending!.upload.dispatchEvent(new ProgressEvent('progress', { loaded: 1, total: 4 }));
    await flushPromises();
    expect(text()).toContain('25%');
    sending!.answer(201, known);
    await flushPromises();
    expect(value.value).toBe(id);
    expect(announcement.value).toContain('Uploaded contract.pdf');
    expect(shown.page.get('a').attributes('href')).toBe(`/files/${id}`);
    expect(text()).toContain('2 KB');
  });

  it('tells what is refused, here or by the server, and keeps what was there', async () => {
    value.value = id;
    shown = await mountPage(Page, {}, answers);
    await drop(new File([new Uint8Array(1_048_577)], 'large.bin'));
    expect(text()).toContain('The file is too large: at most 1 MB');
    expect(SentUpload.sent).toEqual([]);
    await drop(new File(['x'], 'x.txt'));
    SentUpload.sent[0]!.answer(422, {
      message: 'Some entries need correction',
      issues: [{ message: 'The file is empty' }],
    });
    await flushPromises();
    expect(shown.page.get('[role=alert]').text()).toBe('The file is empty');
    await drop(new File(['x'], 'x.txt'));
    SentUpload.sent[1]!.dispatchEvent(new Event('error'));
    await flushPromises();
    expect(shown.page.get('[role=alert]').text()).toContain('please check the network');
    expect(value.value).toBe(id);
  });

  it('can be stopped while it is sent', async () => {
    shown = await mountPage(Page, {}, answers);
    await drop(new File(['x'], 'x.txt'));
    await button('Cancel').trigger('click');
    expect(SentUpload.sent[0]?.isAborted).toBe(true);
    expect(value.value).toBeNull();
    expect(text()).toContain('Choose a file');
  });

  it('shows what is stored by its name, and takes it away', async () => {
    value.value = id;
    shown = await mountPage(Page, {}, answers);
    await vi.waitFor(() => expect(text()).toContain('contract.pdf'));
    await button('Remove').trigger('click');
    expect(value.value).toBeNull();
    expect(announcement.value).toContain('The file is removed');
  });
});
