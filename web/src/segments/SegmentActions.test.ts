import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import SegmentActions from './SegmentActions.vue';

const rule = { '>=': [{ var: 'age' }, 18] };
const segment = { id: 's1', key: 'grown_ups', name: 'Grown-ups', status: 'ACTIVE', rule, restricted: null, shares: [] };
const portable = { and: [{ '!=': [{ var: 'age' }, null] }, rule] };

let shown: MountedPage;
/** The file that the browser was given, with its name. */
let files: { name: string; blob: Blob }[];

beforeEach(() => {
  files = [];
  const blobs = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.set(`blob:${blobs.size}`, blob as Blob);
    return `blob:${blobs.size - 1}`;
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    files.push({ name: this.download, blob: blobs.get(this.href)! });
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  shown.page.unmount();
  document.body.innerHTML = '';
});

async function show(props: object = {}, answers: Answers = {}): Promise<void> {
  shown = await mountPage(
    SegmentActions,
    { segment, unsaved: false, editable: true, ...props },
    { ExportRule: () => ({ data: { exportRule: portable } }), ...answers },
  );
}

/** The items of the opened menu. */
async function items() {
  const menu = shown.page.find('[role=menu]');
  if (!menu.exists()) return [];
  // The test's browser knows no popovers.
  Object.assign(menu.element, { hidePopover: () => undefined });
  await menu.trigger('toggle', { newState: 'open' });
  await flushPromises();
  return shown.page.findAll('[role=menuitem]');
}

async function labels(): Promise<readonly string[]> {
  return (await items()).map((item) => item.text());
}

async function exportRule(): Promise<void> {
  const item = (await items()).find((each) => each.text() === 'Export rule');
  await item!.trigger('click');
}

const told = (text: string) => eventually(() => document.body.textContent?.includes(text));

describe('exporting the rule of a segment', () => {
  it('downloads what the server makes of it, in a file named by the key, and tells so', async () => {
    await show();
    await exportRule();
    await told('Rule exported: grown_ups.json');
    expect(shown.calls).toEqual([{ operation: 'ExportRule', variables: { rule } }]);
    expect(files.map(({ name }) => name)).toEqual(['grown_ups.json']);
    expect(JSON.parse(await files[0]!.blob.text())).toEqual(portable);
  });

  it('says of a rule that is being edited that the file has it as it was saved', async () => {
    await show({ unsaved: true });
    await exportRule();
    await told('as it was last saved: grown_ups.json');
  });

  it('tells what is wrong where it fails, and gives no file', async () => {
    const issues = [{ path: '', code: 'UNKNOWN_FIELD', message: 'There is no such field' }];
    const refusal = { errors: [{ message: 'Not valid', extensions: { code: 'RULE_INVALID', issues } }] };
    await show({}, { ExportRule: () => refusal });
    await exportRule();
    await told('There is no such field');
    expect(files).toEqual([]);
  });
});

describe('the acts of a segment', () => {
  it.each([
    ['an active one', {}, ['Export rule', 'Share…', 'Pause', 'Delete']],
    ['a draft', { segment: { ...segment, status: 'DRAFT' } }, ['Export rule', 'Share…', 'Delete']],
    ['one without a rule', { segment: { ...segment, status: 'DRAFT', rule: null } }, ['Delete']],
    ['one that is only looked at', { editable: false }, ['Export rule']],
    ['one whose rule is kept back', { segment: { ...segment, rule: null, restricted: 'No' }, editable: false }, []],
  ])('of %s', async (_which, props, expected) => {
    await show(props);
    expect(await labels()).toEqual(expected);
  });
});
