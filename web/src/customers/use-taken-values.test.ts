import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, shallowRef } from 'vue';
import { mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import { useTakenValues, type UniqueEntries } from './use-taken-values.ts';

const entries = shallowRef<UniqueEntries>({ customerId: null, entered: {} });
const Page = defineComponent({
  setup() {
    const taken = useTakenValues(() => entries.value);
    return () => taken.value.join(' ');
  },
});

const answers: Answers = {
  ValueTaken: ({ value }) =>
    value === 'secret'
      ? { errors: [{ message: 'Not for you', extensions: { code: 'FIELD_FORBIDDEN' } }] }
      : { data: { valueTaken: String(value).startsWith('taken') } },
};

let shown: MountedPage;

beforeEach(async () => {
  vi.useFakeTimers();
  entries.value = { customerId: null, entered: {} };
  shown = await mountPage(Page, {}, answers);
});
afterEach(() => {
  shown.page.unmount();
  vi.useRealTimers();
});

async function enter(entered: Readonly<Record<string, Json>>, wait = 300): Promise<void> {
  entries.value = { ...entries.value, entered };
  await flushPromises();
  await vi.advanceTimersByTimeAsync(wait);
  await flushPromises();
}

describe('a value that another customer has', () => {
  it('is told once nothing was typed for a while, and asked once', async () => {
    await enter({ phone: 'tak' }, 100);
    await enter({ phone: 'take' }, 100);
    await enter({ phone: 'taken' }, 299);
    expect(shown.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await flushPromises();
    expect(shown.page.text()).toBe('phone');
    expect(shown.calls.map(({ variables }) => variables)).toEqual([
      { fieldKey: 'phone', value: 'taken', exceptCustomerId: null },
    ]);
  });

  it('is asked for the customer who is edited', async () => {
    entries.value = { customerId: 'c1', entered: {} };
    await enter({ phone: 'taken' });
    expect(shown.calls[0]?.variables['exceptCustomerId']).toBe('c1');
  });

  it('is forgotten with the next key, while that of another field stays and is not asked again', async () => {
    await enter({ phone: 'taken', email: 'taken@x' });
    expect(shown.page.text()).toBe('phone email');
    await enter({ phone: 'taken1', email: 'taken@x' }, 0);
    expect(shown.page.text()).toBe('email');
    await enter({ phone: 'free', email: 'taken@x' });
    expect(shown.page.text()).toBe('email');
    expect(shown.calls.map(({ variables }) => variables['value'])).toEqual(['taken', 'taken@x', 'free']);
  });

  it('is not told by an answer to what is entered no more', async () => {
    await enter({ phone: 'taken' }, 0);
    vi.advanceTimersByTime(300);
    entries.value = { customerId: null, entered: { phone: 'other' } };
    await flushPromises();
    expect(shown.calls.map(({ variables }) => variables['value'])).toEqual(['taken']);
    expect(shown.page.text()).toBe('');
  });

  it('is nobody’s where it is empty, and unknown where it may not be asked', async () => {
    await enter({ phone: null, email: '', id_card: 'secret' });
    expect(shown.calls.map(({ variables }) => variables['fieldKey'])).toEqual(['id_card']);
    expect(shown.page.text()).toBe('');
  });
});
