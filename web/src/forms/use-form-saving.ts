import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Json } from '@kequn/rules';
import { useApi } from '../api/client.ts';
import { FormDocument, SaveFormDocument, type FormPartsFragment } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { toLayout } from './form-draft.ts';
import type { FormSheet } from './form-sheet.ts';

/** How far a draft is stored. */
export type SavingState = 'saved' | 'waiting' | 'blocked' | 'saving' | 'failed' | 'conflict';

/** Saving of a form as it is edited. */
export interface FormSaving {
  readonly state: ComputedRef<SavingState>;
  /** When it was last saved here. */
  readonly savedAt: Readonly<Ref<Date | undefined>>;
  readonly problem: Readonly<ShallowRef<ApiProblem | undefined>>;
  /** What somebody else saved, while it must be decided which is kept. */
  readonly theirs: Readonly<ShallowRef<FormPartsFragment | undefined>>;
  readonly unsaved: ComputedRef<boolean>;
  /** The version at which the next save will be. */
  version(): number;
  /** Saves now what is not saved; whether everything is. */
  flush(): Promise<boolean>;
  /** Asks again what somebody else saved, after it was left undecided. */
  ask(): Promise<void>;
  /** Decides for one's own: the next save overwrites what somebody else saved. */
  overwrite(): Promise<boolean>;
  /** The server holds the form at this version by now, and this of it where that is told. */
  settle(version: number, sheet?: FormSheet): void;
  /** Leaves undecided which is kept. */
  putOff(): void;
}

/** Between the last step and its saving. */
const QUIET_MS = 1_000;

/**
 * Saves a form shortly after each step, one save at a time. A step that cannot be saved yet waits for the next one; what is entered is kept
 * whatever the server answers.
 */
export function useFormSaving(
  form: { readonly id: string; readonly version: number },
  sheet: () => FormSheet,
  /** Whether it has no problem, now, and as far as that is told on screen. */
  mayBeSaved: { now(): boolean; lately(): boolean },
  /** Takes up what the server alone knows of what was sent. */
  stored: (answer: FormPartsFragment, sent: FormSheet) => void = () => undefined,
): FormSaving {
  const api = useApi();
  const saved = shallowRef(sheet());
  const savedAt = ref<Date>();
  const sending = ref(false);
  const problem = shallowRef<ApiProblem>();
  const theirs = shallowRef<FormPartsFragment>();
  let version = form.version;
  let timer: number | undefined;
  let last: Promise<boolean> = Promise.resolve(true);

  const unsaved = computed(() => sheet() !== saved.value);
  const state = computed<SavingState>(() => {
    if (problem.value) return problem.value.code === 'CONFLICT' ? 'conflict' : 'failed';
    if (sending.value) return 'saving';
    if (!unsaved.value) return 'saved';
    return mayBeSaved.lately() ? 'waiting' : 'blocked';
  });

  async function send(): Promise<boolean> {
    const sent = sheet();
    if (sent === saved.value) return true;
    if (!mayBeSaved.now()) return false;
    sending.value = true;
    try {
      const { saveForm } = await api.mutate(SaveFormDocument, { input: inputOf(form.id, version, sent) });
      version = saveForm.version;
      const isPresent = sheet() === sent;
      stored(saveForm, sent);
      saved.value = isPresent ? sheet() : sent;
      savedAt.value = new Date();
      problem.value = undefined;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
      if (error.code === 'CONFLICT') await ask();
      return false;
    } finally {
      sending.value = false;
    }
    return sheet() === saved.value || send();
  }

  function flush(): Promise<boolean> {
    window.clearTimeout(timer);
    last = last.then(send, send);
    return last;
  }

  async function ask(): Promise<void> {
    try {
      theirs.value = (await api.query(FormDocument, { id: form.id })).form ?? undefined;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  watch(sheet, () => {
    window.clearTimeout(timer);
    // Nothing is sent over what somebody else saved until that is decided.
    if (problem.value?.code !== 'CONFLICT') timer = window.setTimeout(() => void flush(), QUIET_MS);
  });
  onScopeDispose(() => window.clearTimeout(timer));

  return {
    state,
    savedAt,
    problem,
    theirs,
    unsaved,
    version: () => version,
    flush,
    ask,
    async overwrite() {
      if (!theirs.value) return false;
      ({ version } = theirs.value);
      theirs.value = problem.value = undefined;
      return flush();
    },
    settle(at, settled = saved.value) {
      version = at;
      saved.value = settled;
      theirs.value = problem.value = undefined;
    },
    putOff: () => (theirs.value = undefined),
  };
}

function inputOf(id: string, version: number, sheet: FormSheet) {
  return {
    id,
    version,
    name: sheet.name.trim(),
    layout: toLayout(sheet.draft) as unknown as Json,
    settings: sheet.settings,
  };
}
