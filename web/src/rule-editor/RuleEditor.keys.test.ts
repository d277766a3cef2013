import type { Rule } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { announcement } from '../ui/announcer.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import MenuButton from '../ui/MenuButton.vue';
import type { ItemAct } from './editing.ts';
import RuleEditor from './RuleEditor.vue';

const isAdult: Rule = { '>=': [{ var: 'age' }, 18] };
const isNew: Rule = { '<': [{ var: 'age' }, 1] };
const isOld: Rule = { '>': [{ var: 'age' }, 70] };
/** 1: adult, 2: any of (2.1: new). */
const nested: Rule = { and: [isAdult, { or: [isNew] }] };

const rule = shallowRef<Rule | null>(null);
const Page = defineComponent(() => {
  const catalogue = useCatalogue();
  return () =>
    catalogue.ready &&
    h(RuleEditor, {
      modelValue: rule.value,
      'onUpdate:modelValue': (value: Rule | null) => (rule.value = value),
    });
});

let shown: MountedPage;

async function show(start: Rule): Promise<void> {
  rule.value = start;
  shown = await mountPage(Page, {}, commonAnswers);
  await settle();
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(50);
  await flushPromises();
}

function item(label: string): HTMLElement {
  const all = [...document.querySelectorAll<HTMLElement>('[role=group][aria-label]')];
  const found = all.find((one) => one.getAttribute('aria-label')?.startsWith(label) && one.id);
  if (!found) throw new Error(`No ${label} among ${all.map((one) => one.getAttribute('aria-label')).join(', ')}`);
  return found;
}

/** Presses keys where the focus is; "Control+d" holds a key while pressing another. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const pressed of keys) {
    const [key = '', held] = pressed.split('+').toReversed();
    const init = { key, bubbles: true, cancelable: true, ctrlKey: held === 'Control', altKey: held === 'Alt' };
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
    await settle();
  }
}

function focused(): string | null | undefined {
  return document.activeElement?.getAttribute('aria-label');
}

/** Chooses from the menu of the first condition. */
async function choose(act: ItemAct): Promise<void> {
  shown.page.getComponent(MenuButton<ItemAct>).vm.$emit('choose', act);
  await settle();
}

/** What a clipboard event leaves in the clipboard. */
function clipboard(type: 'copy' | 'cut' | 'paste', text = ''): string {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.dispatchEvent(new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }));
  return data.getData('text/plain');
}

describe('the keys of the rule editor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    shown.page.unmount();
    vi.useRealTimers();
  });

  it('walk the lines, out of and into groups', async () => {
    await show(nested);
    item('Condition 1').focus();
    await press('ArrowDown');
    expect(focused()).toBe('Group 2 any of');
    await press('ArrowRight');
    expect(focused()).toContain('Condition 2.1');
    await press('ArrowLeft', 'ArrowUp');
    expect(focused()).toContain('Condition 1');
  });

  it('pick up, move and drop, telling place and group; the rule changes when it is dropped', async () => {
    await show(nested);
    item('Condition 1').focus();
    await press(' ');
    expect(announcement.value).toContain('Picked up “Condition 1 Age is at least 18”');
    expect(announcement.value).toContain('Place 1 of 2 in the outermost group (all of)');
    await press('ArrowDown');
    expect(announcement.value).toBe('Place 1 of 2 in group 1 (any of)');
    expect(focused()).toContain('Condition 1.1 Age is at least 18');
    expect(rule.value).toEqual(nested);
    await press('Enter');
    expect(announcement.value).toBe('Dropped: Place 1 of 2 in group 1 (any of)');
    expect(rule.value).toEqual({ and: [{ or: [isAdult, isNew] }] });
    expect(focused()).toContain('Condition 1.1 Age is at least 18');
    await press('Control+z');
    expect(rule.value).toEqual(nested);
    expect(focused()).toContain('Condition 1 Age is at least 18');
  });

  it('leave a group and enter it, and put back by Escape', async () => {
    await show(nested);
    item('Condition 2.1').focus();
    await press(' ', 'ArrowLeft');
    expect(announcement.value).toBe('Place 3 of 3 in the outermost group (all of)');
    await press('ArrowRight');
    expect(announcement.value).toBe('Place 1 of 1 in group 2 (any of)');
    await press('ArrowLeft', 'Escape');
    expect(announcement.value).toBe('Put back');
    expect(rule.value).toEqual(nested);
    expect(focused()).toContain('Condition 2.1');
  });

  it('put back what is picked up when the focus goes elsewhere', async () => {
    await show(nested);
    item('Condition 1').focus();
    await press(' ', 'ArrowDown');
    item('Condition 1.2').focus();
    await settle();
    expect(item('Condition 1 Age is at least 18')).toBeDefined();
    expect(rule.value).toEqual(nested);
  });

  it.each<[string, string, Rule | null]>([
    ['duplicate', 'Control+d', { and: [isAdult, isAdult, { or: [isNew] }] }],
    ['put into a group', 'Control+g', { and: [{ and: [isAdult] }, { or: [isNew] }] }],
    ['ask for the opposite', 'Control+!', { and: [{ '!': [{ or: [isAdult] }] }, { or: [isNew] }] }],
    ['remove', 'Delete', { and: [{ or: [isNew] }] }],
    ['move by one step', 'Alt+ArrowDown', { and: [{ or: [isAdult, isNew] }] }],
  ])('%s', async (_name, key, expected) => {
    await show(nested);
    item('Condition 1').focus();
    await press(key);
    expect(rule.value).toEqual(expected);
  });

  it('copy a group and paste it behind another item, as new conditions', async () => {
    await show(nested);
    item('Group 2').focus();
    const copied = clipboard('copy');
    expect(JSON.parse(copied)).toEqual({ or: [isNew] });
    item('Condition 1').focus();
    clipboard('paste', copied);
    await settle();
    expect(rule.value).toEqual({ and: [isAdult, { or: [isNew] }, { or: [isNew] }] });
    clipboard('paste', JSON.stringify(isOld));
    await settle();
    expect(rule.value).toEqual({ and: [isAdult, { or: [isNew] }, isOld, { or: [isNew] }] });
  });

  it('paste what another program wrote', async () => {
    await show(nested);
    item('Group 2').focus();
    clipboard('paste', JSON.stringify({ '===': [{ var: 'age' }, 40] }));
    await vi.waitFor(() =>
      expect(rule.value).toEqual({ and: [isAdult, { or: [isNew] }, { '==': [{ var: 'age' }, 40] }] }),
    );
  });

  it('cut a condition, which goes to the clipboard, and undo brings it back', async () => {
    await show(nested);
    item('Condition 1').focus();
    expect(JSON.parse(clipboard('cut'))).toEqual(isAdult);
    await settle();
    expect(rule.value).toEqual({ and: [{ or: [isNew] }] });
    await press('Control+z');
    expect(rule.value).toEqual(nested);
  });

  it.each(['hello', '5', '{"==":[{"var":"unknown"},1]}', '{', ''])('do not paste %j', async (text) => {
    await show(nested);
    item('Condition 1').focus();
    clipboard('paste', text);
    await settle();
    expect(rule.value).toEqual(nested);
  });
});

describe('a disabled condition', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    shown.page.unmount();
    vi.useRealTimers();
  });

  it('stays in the editor, says so, and is no part of the rule until it is enabled', async () => {
    await show(nested);
    await choose('disable');
    expect(rule.value).toEqual({ and: [{ or: [isNew] }] });
    expect(item('Condition 1').getAttribute('aria-label')).toContain('disabled, does not count');
    expect(shown.page.text()).toContain('not saved with the rule');
    await choose('enable');
    expect(rule.value).toEqual(nested);
  });
});
