import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { mountPage, type MountedPage } from '../testing/mount-page.ts';
import TagsInput from './TagsInput.vue';

let shown: MountedPage;
const tags = shallowRef<readonly string[]>([]);
afterEach(() => shown.page.unmount());

const Page = defineComponent(() => () => {
  const change = (changed: readonly string[]): void => void (tags.value = changed);
  return h(TagsInput, { tags: tags.value, known: ['key', 'repeat'], onChange: change });
});

async function show(...start: readonly string[]): Promise<void> {
  tags.value = start;
  shown = await mountPage(Page, {}, {});
}

async function type(text: string, key?: string, more: object = {}): Promise<void> {
  const input = shown.page.get('input');
  await input.setValue(text);
  if (key) await input.trigger('keydown', { key, ...more });
}

describe('tags', () => {
  it('are entered one by one, each once, in normal form', async () => {
    await show();
    for (const text of [' 重点 ', '重点', '  ', 'Cafe\u0301']) await type(text, 'Enter');
    expect(tags.value).toEqual(['重点', 'Café']);
    expect(shown.page.get('input').element.value).toBe('');
  });

  it('are taken as they are typed when one goes on to something else', async () => {
    await show();
    await type('key');
    await shown.page.get('input').trigger('blur');
    expect(tags.value).toEqual(['key']);
  });

  it('wait for the end of composing', async () => {
    await show();
    await type('zhong', 'Enter', { isComposing: true });
    expect(tags.value).toEqual([]);
  });

  it('are removed by their button, the last by Backspace where nothing is typed', async () => {
    await show('a', 'b', 'c');
    await shown.page.get('[aria-label="Remove tag “a”"]').trigger('click');
    await type('x', 'Backspace');
    expect(tags.value).toEqual(['b', 'c']);
    await type('', 'Backspace');
    expect(tags.value).toEqual(['b']);
  });

  it('in use are offered, but for those that are there', async () => {
    await show('key');
    expect(shown.page.findAll('option').map((option) => option.attributes('value'))).toEqual(['repeat']);
  });

  it('are no more than there may be', async () => {
    await show(...Array.from({ length: 20 }, (_, at) => `${at}`));
    expect(shown.page.get('input').attributes('readonly')).toBeDefined();
    expect(shown.page.get('input').attributes('placeholder')).toBe('At most 20 tags');
  });
});
