import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canvas, click, focus, formAnswer, leave, note, press, saves, show, wait } from '../testing/form-page.ts';
import { type Answers } from '../testing/mount-page.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  leave();
  vi.useRealTimers();
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

describe('what cannot be saved yet', () => {
  const gone = { pages: [{ sections: [{ columns: [{ items: [{ field: 'gone' }, { field: 'name' }] }] }] }] };
  const faulty: Answers = { Form: () => ({ data: { form: formAnswer({ layout: gone }) } }) };

  /** The page is left as by a reload: nobody is asked, and what runs in it ends. */
  function reload(): void {
    window.dispatchEvent(new Event('pagehide'));
    const kept = { ...localStorage };
    leave();
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
