import type { FormLayout, Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { vi } from 'vitest';
import type { ViewerFragment } from '../api/generated/graphql.ts';
import FormPage from '../forms/FormPage.vue';
import { useSession } from '../session/session.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from './mount-page.ts';
// The app loads them with the first question; no test would wait for them.
import 'element-plus/es/components/message-box/index.mjs';
import 'element-plus/es/components/message/index.mjs';
import '../fields/FieldDrawer.vue';
import '../forms/FormConflict.vue';
import '../forms/PreviewDialog.vue';
import '../forms/PublishDialog.vue';
import '../forms/RuleDialog.vue';

/** What stands on the form at first. */
export const columns: FormLayout = {
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

/** A form as the server gives it, but for what is said. */
export function formAnswer(parts: Readonly<Record<string, Json>> = {}): Json {
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

/** Opens the page of the form, as who has these capabilities. */
export async function show(answers: Answers = {}, capabilities: readonly string[] = ['MANAGE_FORMS']): Promise<void> {
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

/** Waits until what was done is on the page. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(50);
  await flushPromises();
}

/** A part of the canvas by the beginning of its name. */
export function part(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('[id^=form-part-]')].find((each) =>
    each.getAttribute('aria-label')?.startsWith(name),
  );
  if (!found) throw new Error(`No ${name}`);
  return found;
}

/** What stands on the canvas, column by column. */
export function canvas(): string {
  const names = (column: Element): string =>
    [...column.querySelectorAll('[id^=form-part-]')].map((each) => each.getAttribute('aria-label')).join(' ');
  return [...document.querySelectorAll('.column')].map(names).join(' | ');
}

/** Presses keys where the focus is; "Control+d" holds a key while pressing another. */
export async function press(...keys: readonly string[]): Promise<void> {
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

/** Presses the last button of this name. */
export async function click(name: string): Promise<void> {
  // What was asked stands behind what asked it.
  const found = [...document.querySelectorAll<HTMLElement>('button')].findLast(
    (each) => (each.getAttribute('aria-label') ?? each.textContent)?.trim() === name,
  );
  if (!found) throw new Error(`No button ${name}`);
  found.click();
  await settle();
}

/** Goes to a part of the canvas. */
export async function focus(name: string): Promise<void> {
  part(name).click();
  await settle();
}

/** What a clipboard event leaves in the clipboard. */
export async function clipboard(type: 'copy' | 'cut' | 'paste', text = ''): Promise<string> {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.dispatchEvent(new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }));
  await settle();
  return data.getData('text/plain');
}

/** Long enough for the draft to be saved. */
export async function wait(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_100);
  await settle();
}

/** The drafts that were sent. */
export function saves(): readonly Json[] {
  return shown.calls.filter(({ operation }) => operation === 'SaveForm').map(({ variables }) => variables['input']!);
}

/** What is said of the saving. */
export function note(): string | undefined {
  return document.querySelector('.tools [role=status]')?.textContent?.trim();
}

/** What was asked of the server. */
export function calls(): MountedPage['calls'] {
  return shown.calls;
}

/** Leaves the page. */
export function leave(): void {
  shown.page.unmount();
  document.body.innerHTML = '';
}
