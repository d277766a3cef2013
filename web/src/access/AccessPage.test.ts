import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import { announcement } from '../ui/announcer.ts';
import AccessPage from './AccessPage.vue';
// The app loads them when they are first asked for; no test would wait for the component library.
import './ReviewDialog.vue';
import './RoleDrawer.vue';

const role = (id: string, name: string, parts: Readonly<Record<string, Json>> = {}): Json => ({
  __typename: 'Role',
  id,
  name,
  version: 1,
  capabilities: [],
  defaultAccess: 'READ',
  fieldAccess: [],
  rowScope: null,
  ...parts,
});
const rolesAnswer = (...roles: Json[]) => ({ data: { roles } });
const refused = (code: string, more: Readonly<Record<string, Json>> = {}) => ({
  errors: [{ message: code, extensions: { code, ...more } }],
});
const sales = role('r1', 'Sales');
const support = role('r2', 'Support', {
  fieldAccess: [{ __typename: 'FieldAccessEntry', fieldKey: 'age', access: 'HIDDEN' }],
});

const segmentEffects = (closed: readonly string[], opened: readonly string[] = []) => {
  const named = (names: readonly string[]) => names.map((name) => ({ __typename: 'Segment', id: name, name }));
  return { data: { accessEffects: { __typename: 'AccessEffects', closed: named(closed), opened: named(opened) } } };
};

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(answers: Answers = {}, capabilities: readonly Capability[] = ['MANAGE_ROLES']): Promise<void> {
  shown = await mountPage(
    AccessPage,
    {},
    {
      ...commonAnswers,
      RolesWithAccess: () => rolesAnswer(sales, support),
      AccessEffects: () => segmentEffects([]),
      ...answers,
    },
  );
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
}

/** Presses keys in the matrix, which starts at the first field of the first role. */
async function press(...keys: string[]): Promise<void> {
  for (const each of keys) {
    const parts = each.split('+');
    const [shiftKey, ctrlKey] = [parts.includes('Shift'), parts.includes('Ctrl')];
    await shown.page.get('[role=grid]').trigger('keydown', { key: parts.at(-1), shiftKey, ctrlKey });
  }
}

const heard = (): string => announcement.value.replace('\u00a0', '');
const bar = (): string => (shown.page.find('.bar').exists() ? shown.page.get('.bar strong').text() : '');
const button = (root: ParentNode, text: string): HTMLElement =>
  [...root.querySelectorAll('button')].find((each) => each.textContent?.trim() === text)!;
const dialog = (): Promise<HTMLElement> => eventually(() => document.querySelector<HTMLElement>('[role=dialog]'));

async function review(): Promise<HTMLElement> {
  button(document, 'Review and save').click();
  await flushPromises();
  return dialog();
}

async function save(root: HTMLElement): Promise<void> {
  button(root, 'Save changes').click();
  await flushPromises();
}

const sent = (operation: string): readonly unknown[] =>
  shown.calls.filter((call) => call.operation === operation).map(({ variables }) => variables);

const sentences = (root: HTMLElement): readonly (string | null)[] =>
  [...root.querySelectorAll('li')].map(({ textContent }) => textContent);

describe('the matrix', () => {
  it('is set by keyboard, told, counted, undone and redone', async () => {
    await show();
    await press('1');
    expect([heard(), bar()]).toEqual(['Set. Name, Sales: hidden, changed', '1 change']);
    await press('ArrowRight', 'ArrowDown', 'Delete');
    expect([heard(), bar()]).toEqual(['Set. Age, Support: read only (default), changed', '2 changes']);
    await press('Ctrl+z', 'Ctrl+z');
    expect(bar()).toBe('0 changes');
    await press('Ctrl+y');
    expect(bar()).toBe('1 change');
  });

  it('sets a block in one step, and by a head its whole column', async () => {
    await show();
    await press('Shift+ArrowRight', 'Shift+ArrowDown', '1');
    // One of the four is hidden already.
    expect([heard(), bar()]).toEqual(['4 cells set to hidden', '3 changes']);
    await press('Ctrl+z', 'ArrowUp', 'ArrowUp', '4');
    expect([heard(), bar()]).toEqual(['4 cells set to may edit', '4 changes']);
  });

  it('gives a formula no more than reading', async () => {
    const income = fieldAnswer('income', 'FORMULA', 'Income', { valueType: 'NUMBER' });
    await show({ Fields: () => ({ data: { fields: [income] } }) });
    await press('4');
    expect(heard()).toBe('Set. Income, Sales: read only, changed');
  });

  it('leaves out system fields, and has a row for what customers did', async () => {
    const system = fieldAnswer('created_at', 'DATETIME', 'Created', { system: true });
    await show({ Fields: () => ({ data: { fields: [system] } }) });
    expect(shown.page.text()).toContain('No fields yet');
    await press('1');
    expect(heard()).toBe('Set. Events (what customers did), Sales: hidden, changed');
  });
});

describe('the review', () => {
  it('tells every change by its effect and saves each role at the version that was read', async () => {
    await show({ SetFieldAccess: ({ roleId }) => ({ data: { setFieldAccess: roleId === 'r1' ? sales : support } }) });
    await press('1', 'ArrowDown', '3', 'ArrowRight', '0');
    const root = await review();
    expect(sentences(root)).toEqual([
      'Sales will no longer see “Name”',
      '“Age” stays read only for Sales, whatever the default of the role becomes',
      'Support will see “Age”, but not change it (the default)',
    ]);
    await save(root);
    const entries = [
      { fieldKey: 'name', access: 'HIDDEN' },
      { fieldKey: 'age', access: 'READ' },
    ];
    expect(sent('SetFieldAccess')).toEqual([
      { roleId: 'r1', version: 1, entries },
      { roleId: 'r2', version: 1, entries: [{ fieldKey: 'age', access: null }] },
    ]);
    expect(bar()).toBe('');
  });

  it('tells which segments a role sees no more, and which it comes to see', async () => {
    await show({ AccessEffects: () => segmentEffects(['a', 'b', 'c', 'd', 'e', 'f'], ['Local']) });
    await press('1');
    const root = await review();
    await eventually(() => sentences(root).length === 3);
    expect(sentences(root).slice(1)).toEqual([
      '6 segments become restricted for Sales, who will see neither members nor number: a, b, c, d, and e…',
      'Sales will see the members of 1 more segment: Local',
    ]);
    expect(sent('AccessEffects')).toEqual([{ roleId: 'r1', entries: [{ fieldKey: 'name', access: 'HIDDEN' }] }]);
  });

  it('keeps the edits where somebody else was quicker, and saves them at the fresh version', async () => {
    let version = 1;
    await show({
      RolesWithAccess: () => rolesAnswer(role('r1', 'Sales', { version })),
      SetFieldAccess: (variables) =>
        variables['version'] === 2
          ? { data: { setFieldAccess: role('r1', 'Sales', { version: 3 }) } }
          : refused('CONFLICT', { currentVersion: 2 }),
    });
    await press('1');
    const root = await review();
    version = 2;
    await save(root);
    expect(root.querySelector('[role=alert]')?.textContent).toContain('has just changed “Sales”');
    expect([bar(), sentences(root).length]).toEqual(['1 change', 1]);
    await save(root);
    expect(sent('SetFieldAccess')).toMatchObject([{ version: 1 }, { version: 2 }]);
    expect(bar()).toBe('');
  });

  it('says that nobody gives what they do not have', async () => {
    await show({ SetFieldAccess: () => refused('FORBIDDEN') });
    await press('4');
    const root = await review();
    await save(root);
    expect(root.querySelector('[role=alert]')?.textContent).toContain('do not have themselves');
    expect(bar()).toBe('1 change');
  });
});

describe('a role', () => {
  async function open(query: string): Promise<HTMLElement> {
    await shown.page.vm.$router.push(`/?${query}`);
    await flushPromises();
    return eventually(() => document.querySelector<HTMLElement>('form#role'));
  }
  async function submit(form: HTMLElement): Promise<void> {
    form.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
  }
  async function name(form: HTMLElement, text: string): Promise<void> {
    const input = form.querySelector('input')!;
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await flushPromises();
  }
  const nameTaken = { path: 'name', code: 'NOT_UNIQUE', message: 'A role of this name exists' };

  it('is made with what it may do', async () => {
    await show({ SaveRole: () => ({ data: { saveRole: role('r3', 'East') } }) });
    const form = await open('create=yes');
    await submit(form);
    expect([form.textContent?.includes('Enter a name'), sent('SaveRole')]).toEqual([true, []]);
    await name(form, ' East ');
    form.querySelector<HTMLInputElement>('input[type=checkbox]')!.click();
    form.querySelector<HTMLInputElement>('input[value=HIDDEN]')!.click();
    await submit(form);
    const input = { name: 'East', capabilities: ['MANAGE_SEGMENTS'], defaultAccess: 'HIDDEN', rowScope: null };
    expect(sent('SaveRole')).toEqual([{ input }]);
  });

  it('is told at its place what the server does not take', async () => {
    await show({ SaveRole: () => refused('VALIDATION_FAILED', { issues: [nameTaken] }) });
    const form = await open('role=r1');
    await name(form, 'Support');
    await submit(form);
    expect(form.querySelector('.issues')?.textContent).toBe('A role of this name exists');
    expect(sent('SaveRole')).toMatchObject([{ input: { id: 'r1', version: 1, name: 'Support' } }]);
  });

  it('with a scope to be drawn asks for a condition', async () => {
    await show();
    const form = await open('role=r1');
    form.querySelectorAll<HTMLInputElement>('fieldset:last-of-type input[type=radio]')[2]!.click();
    await flushPromises();
    await submit(form);
    expect([form.textContent?.includes('Write a condition at least'), sent('SaveRole')]).toEqual([true, []]);
  });

  const owned: Json = { '==': [{ var: 'owner' }, { me: ['id'] }] };
  const scope = (form: HTMLElement, key: string) => form.querySelector<HTMLInputElement>(`input[value=${key}]`)!;

  it('sees the customers of whoever has it by one choice, and conditions again where they were written', async () => {
    const rowScope = { '>': [{ var: 'age' }, 17] };
    await show({
      RolesWithAccess: () => rolesAnswer(role('r1', 'Sales', { rowScope })),
      SaveRole: () => refused('CONFLICT'),
    });
    const form = await open('role=r1');
    expect(scope(form, 'some').checked).toBe(true);
    for (const key of ['own', 'some', 'all', 'own']) {
      scope(form, key).click();
      await flushPromises();
      await submit(form);
    }
    expect(
      sent('SaveRole').map((variables) => (variables as { input: Record<string, Json> }).input['rowScope']),
    ).toEqual([owned, rowScope, null, owned]);
  });

  it('that sees the customers of whoever has it is opened so, without an editor', async () => {
    await show({ RolesWithAccess: () => rolesAnswer(role('r1', 'Sales', { rowScope: owned })) });
    const form = await open('role=r1');
    expect([scope(form, 'own').checked, form.querySelector('[role=group]')]).toEqual([true, null]);
    scope(form, 'some').click();
    await flushPromises();
    await submit(form);
    expect([form.textContent?.includes('Write a condition at least'), sent('SaveRole')]).toEqual([true, []]);
  });

  it('that people have says who they are', async () => {
    const usedBy = [{ kind: 'user', id: 'u2', name: 'Bo' }];
    await show({ DeleteRole: () => refused('IN_USE', { usedBy }) });
    const form = await open('role=r1');
    button(document, 'Delete role…').click();
    const question = await eventually(() => document.querySelector<HTMLElement>('.el-message-box'));
    button(question, 'Delete').click();
    await eventually(() => form.querySelector('[role=alert]')?.textContent?.includes('People have this role: Bo'));
    expect(sent('DeleteRole')).toEqual([{ id: 'r1' }]);
  });
});

it('is not for who may not manage roles', async () => {
  await show({}, ['MANAGE_FIELDS']);
  expect(shown.page.find('[role=grid]').exists()).toBe(false);
  expect(shown.page.text()).toContain('You may not manage access');
});
