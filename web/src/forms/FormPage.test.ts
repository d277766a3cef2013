import type { FormLayout, Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import { announcement } from '../ui/announcer.ts';
import FormPage from './FormPage.vue';
// The app loads them with the first question; no test would wait for them.
import 'element-plus/es/components/message-box/index.mjs';
import 'element-plus/es/components/message/index.mjs';
import './FormConflict.vue';
import '../fields/FieldDrawer.vue';
import './PreviewDialog.vue';
import './PublishDialog.vue';
import './RuleDialog.vue';

const columns: FormLayout = {
  pages: [
    {
      sections: [
        {
          title: { en: 'Person' },
          columns: [{ items: [{ field: 'name' }, { text: 'Hello' }] }, { items: [{ field: 'age' }] }],
        },
      ],
    },
  ],
};

function formAnswer(parts: Readonly<Record<string, Json>> = {}): Json {
  return {
    __typename: 'Form',
    id: 'f1',
    name: 'Visit',
    version: 1,
    layout: columns as unknown as Json,
    settings: { hiddenValues: 'KEEP' },
    publicSlug: null,
    restricted: null,
    changed: false,
    published: null,
    ...parts,
  };
}

let shown: MountedPage;
let version = 1;

async function show(answers: Answers = {}, capabilities: readonly string[] = ['MANAGE_FORMS']): Promise<void> {
  version = 1;
  shown = await mountPage(
    FormPage,
    { id: 'f1' },
    {
      ...commonAnswers,
      Form: () => ({ data: { form: formAnswer({ version }) } }),
      SaveForm: ({ input }) => {
        version += 1;
        return { data: { saveForm: formAnswer({ ...(input as Record<string, Json>), version }) } };
      },
      ...answers,
    },
  );
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await settle();
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(50);
  await flushPromises();
}

/** A part of the canvas by the beginning of its name. */
function part(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('[id^=form-part-]')].find((each) =>
    each.getAttribute('aria-label')?.startsWith(name),
  );
  if (!found) throw new Error(`No ${name}`);
  return found;
}

/** What stands on the canvas, column by column. */
function canvas(): string {
  const names = (column: Element): string =>
    [...column.querySelectorAll('[id^=form-part-]')].map((each) => each.getAttribute('aria-label')).join(' ');
  return [...document.querySelectorAll('.column')].map(names).join(' | ');
}

/** Presses keys where the focus is; "Control+d" holds a key while pressing another. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const pressed of keys) {
    const [key = '', ...held] = pressed.split('+').toReversed();
    const init = {
      key,
      bubbles: true,
      cancelable: true,
      ctrlKey: held.includes('Control'),
      altKey: held.includes('Alt'),
      shiftKey: held.includes('Shift'),
    };
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
    await settle();
  }
}

async function click(name: string): Promise<void> {
  // What was asked stands behind what asked it.
  const found = [...document.querySelectorAll<HTMLElement>('button')].findLast(
    (each) => (each.getAttribute('aria-label') ?? each.textContent)?.trim() === name,
  );
  if (!found) throw new Error(`No button ${name}`);
  found.click();
  await settle();
}

async function focus(name: string): Promise<void> {
  part(name).click();
  await settle();
}

/** What a clipboard event leaves in the clipboard. */
async function clipboard(type: 'copy' | 'cut' | 'paste', text = ''): Promise<string> {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.dispatchEvent(new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }));
  await settle();
  return data.getData('text/plain');
}

/** Long enough for the draft to be saved. */
async function wait(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_100);
  await settle();
}

function saves(): readonly Json[] {
  return shown.calls.filter(({ operation }) => operation === 'SaveForm').map(({ variables }) => variables['input']!);
}

function note(): string | undefined {
  return document.querySelector('.tools [role=status]')?.textContent?.trim();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  shown.page.unmount();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

describe('a form is designed by keys', () => {
  it('parts are picked up, moved and dropped or put back, and each step is told', async () => {
    await show();
    expect(canvas()).toBe('Name Text “Hello” | Age');
    await focus('Name');
    await press(' ');
    expect(announcement.value).toContain('Picked up “Name”, place 1 of 2 in column 1 of Person, Page 1');
    await press('ArrowDown');
    expect(announcement.value).toBe('place 2 of 2 in column 1 of Person, Page 1');
    await press('ArrowRight');
    expect(canvas()).toBe('Text “Hello” | Age Name');
    await press('Escape');
    expect(canvas()).toBe('Name Text “Hello” | Age');
    await press(' ', 'ArrowRight', 'Enter');
    expect([canvas(), announcement.value]).toEqual([
      'Text “Hello” | Name Age',
      'Dropped: place 1 of 2 in column 2 of Person, Page 1',
    ]);
    expect(document.activeElement).toBe(part('Name'));
    await press('Control+z');
    expect(canvas()).toBe('Name Text “Hello” | Age');
    await press('Control+Shift+z');
    expect(canvas()).toBe('Text “Hello” | Name Age');
  });

  it('Enter goes to what can be set of a part, and Escape back to it', async () => {
    await show();
    await focus('Name');
    await press('Enter');
    expect(document.activeElement?.closest('.settings')?.textContent).toContain('Empty: the name of the field, “Name”');
    const label = document.activeElement as HTMLInputElement;
    label.value = 'Full name';
    label.dispatchEvent(new Event('input'));
    await press('Escape');
    expect(document.activeElement).toBe(part('Full name'));
    await press('Control+z');
    expect(canvas()).toBe('Name Text “Hello” | Age');
  });

  it('several are selected with Shift, moved and removed together', async () => {
    await show();
    await focus('Name');
    await press('Shift+ArrowDown');
    expect(document.querySelectorAll('[aria-current=true][id^=form-part]')).toHaveLength(2);
    await press('Alt+ArrowRight');
    expect(canvas()).toBe(' | Name Text “Hello” Age');
    await press('Delete');
    expect(canvas()).toBe(' | Age');
    expect(announcement.value).toContain('Removed “Name and 1 other”');
    expect(document.activeElement).toBe(part('Age'));
  });

  it('texts are duplicated and pasted; of fields it is said that they cannot be', async () => {
    await show();
    await focus('Name');
    await press('Control+d');
    expect([canvas(), announcement.value]).toEqual([
      'Name Text “Hello” | Age',
      'A field stands on a form only once and cannot be duplicated',
    ]);
    await focus('Text');
    await press('Control+d');
    expect(canvas()).toBe('Name Text “Hello” Text “Hello” | Age');
    await focus('Name');
    const copied = await clipboard('copy');
    await clipboard('paste', copied);
    expect(canvas()).toBe('Name Text “Hello” Text “Hello” | Age');
    await clipboard('cut');
    await focus('Age');
    await clipboard('paste', copied);
    expect(canvas()).toBe('Text “Hello” Text “Hello” | Age Name');
  });
});

it('a rule is edited under the name of the part that it is of, which the drawer may cover', async () => {
  await show();
  await focus('Age');
  await click('Set: Shown when');
  expect(document.querySelector('.el-drawer__title')?.textContent).toBe('Shown when · Age');
});

describe('the palette', () => {
  it('adds what is pressed behind what is selected, and offers no field twice', async () => {
    await show();
    await focus('Name');
    await click('Add “VIP”');
    expect(canvas()).toBe('Name VIP Text “Hello” | Age');
    expect(announcement.value).toContain('Added “VIP”: place 2 of 3');
    expect(document.body.textContent).toContain('Every field stands on the form.');
    await click('Add “Divider”');
    expect(canvas()).toBe('Name VIP Divider Text “Hello” | Age');
  });

  it('leads to what is wrong, without which nothing is saved', async () => {
    const layout = structuredClone(columns) as unknown as {
      pages: { sections: { columns: { items: object[] }[] }[] }[];
    };
    layout.pages[0]!.sections[0]!.columns[1]!.items.push({ field: 'gone' });
    await show({ Form: () => ({ data: { form: formAnswer({ layout: layout as unknown as Json }) } }) });
    await click('Problems (1)');
    await click('gone: There is no such field');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('gone has a problem');
    const publish = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Publish');
    expect([publish?.disabled, publish?.title]).toEqual([true, '1 problem to solve before it can be published']);
    await focus('Name');
    await press('Alt+ArrowDown');
    await wait();
    expect([saves(), note()]).toEqual([[], 'Saved once 1 problem is solved']);
  });
});

describe('a field that is made in place', () => {
  const withField = (type = 'TEXT'): Answers => {
    const made = fieldAnswer('hobby', type, 'Hobby');
    let fields = (commonAnswers['Fields']!({})!.data as { fields: Json[] }).fields;
    return {
      Fields: () => ({ data: { fields } }),
      RolesWithAccess: () => ({ data: { roles: [] } }),
      CreateField: () => {
        fields = [...fields, made];
        return { data: { createField: made } };
      },
    };
  };

  async function make(): Promise<void> {
    const label = [...document.querySelectorAll('.el-drawer label')].find((each) =>
      each.textContent?.includes('English'),
    ) as HTMLLabelElement;
    const input = document.getElementById(label.htmlFor) as HTMLInputElement;
    input.value = 'Hobby';
    input.dispatchEvent(new Event('input'));
    await settle();
    await click('Save');
    await wait();
  }

  it('is asked for by its type and stands behind what is selected; undo takes it off the form alone', async () => {
    await show(withField(), ['MANAGE_FORMS', 'MANAGE_FIELDS']);
    await focus('Name');
    await click('New field');
    await click('New field: Text');
    await make();
    expect(shown.calls.find(({ operation }) => operation === 'CreateField')?.variables['input']).toMatchObject({
      key: 'hobby',
      type: 'TEXT',
    });
    expect(canvas()).toBe('Name Hobby Text “Hello” | Age');
    expect(document.body.textContent).toContain('Undo takes it off the form only; the field stays under Fields.');
    await click('Undo');
    expect(canvas()).toBe('Name Text “Hello” | Age');
    expect(document.body.textContent).toContain('Hobby');
  });

  it('is placed, and undone, where it is the first that has the names of regions loaded', async () => {
    await show(withField('REGION'), ['MANAGE_FORMS', 'MANAGE_FIELDS']);
    await focus('Name');
    await click('New field');
    await click('New field: Region');
    await make();
    expect(canvas()).toBe('Name Hobby Text “Hello” | Age');
    await click('Undo');
    expect(canvas()).toBe('Name Text “Hello” | Age');
  });

  it('is not offered to who may not make fields', async () => {
    await show();
    expect([...document.querySelectorAll('button')].some((each) => each.textContent?.includes('New field'))).toBe(
      false,
    );
  });
});

describe('the draft is saved by itself', () => {
  it('a moment after a step, and once for several', async () => {
    await show();
    await focus('Name');
    await press('Alt+ArrowDown', 'Alt+ArrowDown');
    expect([saves(), note()]).toEqual([[], 'Changes not saved yet']);
    await wait();
    expect(saves()).toMatchObject([{ id: 'f1', version: 1, name: 'Visit', settings: { hiddenValues: 'KEEP' } }]);
    expect(note()).toMatch(/^Saved as draft \d\d:\d\d$/);
    await press('Control+z');
    await wait();
    expect(saves()).toMatchObject([{}, { version: 2 }]);
  });

  it('keeps what the server does not take', async () => {
    const refusal = { errors: [{ message: 'Not now', extensions: { code: 'UNAVAILABLE' } }] };
    let fails = true;
    await show({ SaveForm: () => (fails ? refusal : { data: { saveForm: formAnswer({ version: 2 }) } }) });
    await focus('Name');
    await press('Alt+ArrowDown');
    await wait();
    expect(document.body.textContent).toContain('Not now Your changes are kept; you can go on.');
    expect(canvas()).toBe('Text “Hello” Name | Age');
    fails = false;
    await click('Try again');
    await wait();
    expect(note()).toMatch(/^Saved as draft/);
  });

  it.each([
    ['Load theirs', 'Age', [{ version: 1 }]],
    ['Overwrite with mine', 'Text “Hello” Name | Age', [{ version: 1 }, { version: 7 }]],
  ])('of two who save, one decides: %s', async (choice, expected, sent) => {
    const conflict = { errors: [{ message: 'Saved by others', extensions: { code: 'CONFLICT', currentVersion: 7 } }] };
    const layout = { pages: [{ sections: [{ columns: [{ items: [{ field: 'age' }] }] }] }] };
    let asked = 0;
    await show({
      Form: () => ({ data: { form: formAnswer((asked += 1) > 1 ? { layout, version: 7 } : {}) } }),
      SaveForm: ({ input }) =>
        (input as { version: number }).version === 7
          ? { data: { saveForm: formAnswer({ version: 8 }) } }
          : (conflict as never),
    });
    await focus('Name');
    await press('Alt+ArrowDown');
    await wait();
    await wait();
    await click(choice);
    await wait();
    expect(canvas()).toBe(expected);
    expect(saves()).toMatchObject(sent);
    // What was here can be brought back.
    if (choice === 'Load theirs') {
      await click('Undo');
      expect(canvas()).toBe('Text “Hello” Name | Age');
    }
  });
});

describe('publishing', () => {
  const before = { pages: [{ sections: [{ columns: [{ items: [{ field: 'age' }] }] }] }] };
  const published = {
    number: 1,
    layout: before,
    settings: { hiddenValues: 'KEEP', limit: 5 },
    publishedAt: '2026-01-01T00:00:00Z',
  };
  const role = (id: string, name: string): Json => ({
    __typename: 'Role',
    id,
    name,
    version: 1,
    capabilities: [],
    defaultAccess: 'WRITE',
    fieldAccess: [],
    rowScope: null,
    mayLeaveScope: true,
  });
  const answers: Answers = {
    Form: () => ({ data: { form: formAnswer({ published, changed: true }) } }),
    RolesWithAccess: () => ({ data: { roles: [role('r1', 'Staff'), role('r2', 'Manager')] } }),
    FormForRole: ({ roleId }) => ({
      data: {
        form: {
          __typename: 'Form',
          id: 'f1',
          layoutFor: roleId === 'r1' ? before : (columns as unknown as Json),
          accessFor: [
            { __typename: 'FieldAccessEntry', fieldKey: 'name', access: roleId === 'r1' ? 'HIDDEN' : 'WRITE' },
            { __typename: 'FieldAccessEntry', fieldKey: 'age', access: 'WRITE' },
          ],
        },
      },
    }),
    PublishForm: () => ({
      data: {
        publishForm: formAnswer({
          version: 2,
          published: { ...published, number: 2, layout: columns as unknown as Json },
        }),
      },
    }),
  };

  it('tells first what changes, and for whom', async () => {
    await show(answers, ['MANAGE_FORMS', 'MANAGE_ROLES']);
    await click('Publish');
    const dialog = document.querySelector('.el-dialog')!;
    expect(dialog.textContent).toContain('Added');
    expect(dialog.textContent).toContain('Settings that change: Answers in all, at most');
    expect(dialog.textContent).toContain('StaffDoes not see: Name');
    expect(dialog.textContent).toContain('As it was designed: Manager');
    await click('Publish');
    expect(shown.calls.map(({ operation }) => operation)).toContain('PublishForm');
  });

  it('names required fields that the form lacks', async () => {
    await show({ ...answers, Form: () => ({ data: { form: formAnswer({ layout: before }) } }) });
    await click('Publish');
    expect(document.querySelector('.el-dialog')!.textContent).toContain(
      'These fields are required and do not stand on the form: Name.',
    );
  });

  it('a role is looked on as in the preview', async () => {
    await show(answers, ['MANAGE_FORMS', 'MANAGE_ROLES']);
    await click('Preview');
    const labels = (): string =>
      [...document.querySelectorAll('.screen label')].map((each) => each.textContent?.trim()).join(', ');
    expect(labels()).toContain('Name');
    document.querySelector<HTMLElement>('.role .el-select__wrapper')!.click();
    await settle();
    [...document.querySelectorAll<HTMLElement>('.el-select-dropdown__item')]
      .find((each) => each.textContent?.includes('As Staff'))!
      .click();
    await settle();
    expect(labels()).toBe('Age');
  });

  it('a form is tried with made-up values, and with others as often as one likes', async () => {
    await show(answers, ['MANAGE_FORMS']);
    await click('Preview');
    const name = (): string => document.querySelector<HTMLInputElement>('.screen input')!.value;
    expect(name()).toBe('');
    document.querySelector<HTMLElement>('.start .el-select__wrapper')!.click();
    await settle();
    [...document.querySelectorAll<HTMLElement>('.el-select-dropdown__item')]
      .find((each) => each.textContent?.includes('Sample data'))!
      .click();
    await eventually(() => name() !== '');
    const first = name();
    for (let presses = 0; presses < 5 && name() === first; presses += 1) {
      await click('Another sample');
      await settle();
    }
    await eventually(() => name() !== first);
    expect(shown.calls.map(({ operation }) => operation)).not.toContain('SaveCustomer');
  });
});

describe('what cannot be saved yet', () => {
  const gone = { pages: [{ sections: [{ columns: [{ items: [{ field: 'gone' }, { field: 'name' }] }] }] }] };
  const faulty: Answers = { Form: () => ({ data: { form: formAnswer({ layout: gone }) } }) };

  /** The page is left as by a reload: nobody is asked, and what runs in it ends. */
  function reload(): void {
    window.dispatchEvent(new Event('pagehide'));
    const kept = { ...localStorage };
    shown.page.unmount();
    document.body.innerHTML = '';
    for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, String(value));
  }

  beforeEach(() => localStorage.clear());

  it('is kept in this browser, offered again, and taken over as a step', async () => {
    await show(faulty);
    await focus('Name');
    await press('Alt+ArrowUp');
    expect([canvas(), note()]).toEqual(['Name gone has a problem', 'Saved once 1 problem is solved']);
    reload();
    await show(faulty);
    expect([canvas(), document.body.textContent?.includes('changes from last time')]).toEqual([
      'gone has a problem Name',
      true,
    ]);
    await click('Go on with them');
    expect(canvas()).toBe('Name gone has a problem');
    await click('Undo');
    expect(canvas()).toBe('gone has a problem Name');
  });

  it('is forgotten once it is discarded, saved, or of a version that is no more', async () => {
    await show(faulty);
    await focus('Name');
    await press('Alt+ArrowUp');
    reload();
    await show(faulty);
    await click('Discard');
    expect(localStorage).toHaveLength(0);
    reload();
    await show();
    await focus('Name');
    await press('Alt+ArrowDown');
    await vi.advanceTimersByTimeAsync(400);
    expect(localStorage).toHaveLength(1);
    await wait();
    await wait();
    expect(localStorage).toHaveLength(0);
    await focus('Name');
    await press('Alt+ArrowUp');
    reload();
    await show({ Form: () => ({ data: { form: formAnswer({ version: 9 }) } }) });
    expect(document.body.textContent).not.toContain('changes from last time');
  });
});

it('who may not design sees the form as it is filled', async () => {
  await show({}, []);
  expect(document.querySelector('#form-canvas')).toBeNull();
  expect(document.body.textContent).toContain('changing it takes the right to manage forms');
});
