import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import ShareDialog from './ShareDialog.vue';

const role = (name: string) => ({ __typename: 'Role', id: name.toLowerCase(), name });
const share = (name: string, lapsed = false) => ({ __typename: 'SegmentShare', role: role(name), lapsed });
const segment = { id: 's1', name: 'Rich', shares: [share('Sales', true)] };

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  document.body.innerHTML = '';
});

const boxes = () => [...document.body.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
const labels = () => boxes().map((box) => box.closest('label')!.textContent!.trim());
const text = () => document.body.textContent ?? '';

async function show(answers: Answers): Promise<void> {
  const roles = () => ({ data: { roles: [role('Sales'), role('Support')] } });
  shown = await mountPage(ShareDialog, { segment }, { RolesToShareWith: roles, ...answers });
  await eventually(() => boxes().length === 2);
}

async function save(): Promise<void> {
  const button = [...document.body.querySelectorAll('button')].find((each) => each.textContent!.includes('Save'));
  button!.click();
  await eventually(() => shown.calls.some(({ operation }) => operation === 'ShareSegment'));
}

describe('sharing a segment', () => {
  it('offers every role, those that it is shared with chosen, and says where sharing has ended', async () => {
    await show({});
    expect(boxes().map(({ checked }) => checked)).toEqual([true, false]);
    expect(labels()).toEqual([expect.stringMatching(/^Sales\s+\(the rule has changed/), 'Support']);
  });

  it('shares with exactly those that are chosen, and tells so', async () => {
    const shares = [share('Support')];
    await show({ ShareSegment: () => ({ data: { shareSegment: { __typename: 'Segment', id: 's1', shares } } }) });
    boxes().forEach((box) => box.click());
    await save();
    expect(shown.calls.find(({ operation }) => operation === 'ShareSegment')).toEqual({
      operation: 'ShareSegment',
      variables: { id: 's1', roleIds: ['support'] },
    });
    await eventually(() => text().includes('Shared with Support'));
    expect(shown.page.findComponent(ShareDialog).emitted('close')).toHaveLength(1);
  });

  it('stays open where it is refused, with the reason', async () => {
    await show({ ShareSegment: () => ({ errors: [{ message: 'No', extensions: { code: 'FORBIDDEN' } }] }) });
    await save();
    await eventually(() => text().includes('You can only share what you may read in full yourself'));
    expect(boxes()[0]!.checked).toBe(true);
  });
});
