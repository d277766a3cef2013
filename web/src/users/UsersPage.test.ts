import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import UsersPage from './UsersPage.vue';
// The app loads it with the first user to be edited; no test would wait for the component library.
import './UserDrawer.vue';

const sales = { __typename: 'Role', id: 'r1', name: 'Sales' };
const li = {
  __typename: 'User',
  id: 'u1',
  name: 'Li Wei',
  email: 'li@example.com',
  active: true,
  attributes: { city: 'Shanghai' },
  roles: [sales],
};
const gone = { ...li, id: 'u2', name: 'Wang Fang', email: 'wang@example.com', active: false, roles: [] };

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  document.body.replaceChildren();
});

async function show(answers: Answers = {}, capabilities: readonly Capability[] = ['MANAGE_USERS']): Promise<void> {
  shown = await mountPage(
    UsersPage,
    {},
    {
      ...commonAnswers,
      Users: () => ({ data: { users: [li, gone] } }),
      RoleNames: () => ({ data: { roles: [sales, { __typename: 'Role', id: 'r2', name: 'Support' }] } }),
      SaveUser: () => ({ data: { saveUser: li } }),
      ...answers,
    },
  );
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
  await flushPromises();
}

async function open(query: string): Promise<HTMLElement> {
  await shown.page.vm.$router.push(`/?${query}`);
  await flushPromises();
  return eventually(() => document.querySelector<HTMLElement>('[role=dialog] form'));
}

async function fill(input: Element | null | undefined, text: string): Promise<void> {
  (input as HTMLInputElement).value = text;
  input?.dispatchEvent(new Event('input'));
  await flushPromises();
}

async function click(within: ParentNode, text: string): Promise<void> {
  [...within.querySelectorAll('button')].find((each) => each.textContent?.trim() === text)?.click();
  await flushPromises();
}

async function tick(form: HTMLElement, text: string): Promise<void> {
  const label = [...form.querySelectorAll('label')].find((each) => each.textContent?.trim() === text);
  label?.querySelector('input')?.click();
  await flushPromises();
}

async function submit(form: HTMLElement): Promise<void> {
  form.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
  await flushPromises();
}

const sent = (): Json | undefined => shown.calls.find(({ operation }) => operation === 'SaveUser')?.variables;

it('lists who is active, and the others on demand', async () => {
  await show();
  const cells = (): string[] => shown.page.findAll('tbody td').map((cell) => cell.text());
  expect(cells()).toEqual(['Li Wei', 'li@example.com', 'Sales', 'Active']);
  await shown.page.get('input[type=checkbox]').setValue(true);
  await flushPromises();
  expect(cells().slice(4)).toEqual(['Wang Fang', 'wang@example.com', '—', 'Deactivated']);
});

it('is closed to who may not manage users, and asks for none', async () => {
  await show({}, []);
  expect(shown.page.text()).toContain('You may not manage users');
  expect(shown.calls.map(({ operation }) => operation)).not.toContain('Users');
});

it('invites with a password that is made up and shown until it is saved', async () => {
  await show();
  const form = await open('create=yes');
  await submit(form);
  expect(sent()).toBe(undefined);
  expect(form.querySelectorAll('.issues li')).toHaveLength(3);
  const [name, email] = form.querySelectorAll('input');
  await fill(name, 'An');
  await fill(email, 'an@example.com');
  await click(form, 'Make one up');
  const password = form.querySelector<HTMLInputElement>('input[autocomplete=new-password]');
  expect(password?.type).toBe('text');
  expect(form.textContent).toContain('shown here once');
  await tick(form, 'Support');
  await submit(form);
  const made = password?.value ?? '';
  expect(made).toMatch(/^\w{4}-/);
  expect(sent()).toEqual({
    input: { name: 'An', email: 'an@example.com', password: made, active: true, roleIds: ['r2'], attributes: {} },
  });
});

it('asks before it deactivates, and sends nothing unless it is confirmed', async () => {
  await show();
  const form = await open('edit=u1');
  await tick(form, 'Active, may sign in');
  await submit(form);
  const box = await eventually(() => document.querySelector<HTMLElement>('.el-message-box'));
  expect(box.textContent).toContain('signed out on all devices at once');
  expect(sent()).toBe(undefined);
  await click(box, 'Deactivate');
  await eventually(sent);
  expect(sent()).toMatchObject({ input: { id: 'u1', active: false, attributes: { city: 'Shanghai' } } });
});

it('says at its place what the server refuses', async () => {
  const issues = [
    { path: 'email', code: 'NOT_UNIQUE', message: 'Another user has this e-mail' },
    { path: 'roleIds', code: 'LAST_ADMINISTRATOR', message: 'Nobody would be left' },
    { path: 'attributes/city', code: 'INVALID', message: 'Not a value' },
  ];
  await show({
    SaveUser: () => ({ errors: [{ message: 'Invalid', extensions: { code: 'VALIDATION_FAILED', issues } }] }),
  });
  const form = await open('edit=u1');
  await fill(form.querySelector('input'), 'Li');
  await submit(form);
  expect(form.querySelector('.is-error')?.textContent).toContain('Another user has this e-mail');
  const [roles, , attributes] = form.querySelectorAll('fieldset');
  expect(roles?.querySelector('.issue')?.textContent).toBe('Nobody would be left');
  expect(attributes?.querySelector('.issue')?.textContent).toBe('Not a value');
});
