import {
  answerForm,
  checkForm,
  compileForm,
  fieldItemsOf,
  momentAt,
  type AnsweredForm,
  type CompiledForm,
  type FormCatalogue,
  type FormLayout,
  type HiddenValues,
  type Json,
  type Row,
} from '@kequn/rules';
import { computed, shallowRef, type ComputedRef } from 'vue';
import { loadCheckTools, useCheckTools } from '../field-kit/check-tools.ts';
import { useSpoken } from '../i18n/spoken.ts';

/** What was entered, by field key; what is absent was not touched. */
export type Entered = Readonly<Record<string, Json>>;

/** A form that is filled. */
export interface Filling {
  readonly layout: FormLayout;
  readonly catalogue: FormCatalogue;
  readonly hiddenValues: HiddenValues;
  /** What is stored of the customer as far as the filler may read it; null: of a new customer. */
  readonly stored: Row | null;
  readonly mayWrite: (key: string) => boolean;
  readonly entered: Entered;
}

/** What a form is to be saved with. */
export interface FilledForm {
  /** Only what is shown and can be entered: what the server is sent. */
  readonly entered: Entered;
  /** What would be written, what the form computes too. */
  readonly changes: Entered;
}

/** A form as it stands with what was entered. */
export interface FormFill {
  /** Undefined until what checking takes is loaded, and for a form that has a fault. */
  readonly answered: ComputedRef<AnsweredForm | undefined>;
  readonly isFaulty: ComputedRef<boolean>;
  /** The indexes of the pages that are shown. */
  readonly pages: ComputedRef<readonly number[]>;
  /** What is wrong that is told by now, in the reader's language, by field key. */
  readonly issues: ComputedRef<Readonly<Record<string, readonly string[]>>>;
  /** The keys of the fields of a page that are wrong as they stand. */
  faultsOn(page: number): readonly string[];
  /** Tells from now on what is wrong with these fields. */
  touch(keys: readonly string[]): void;
  /** Forgets what was touched. */
  restart(): void;
  /** What it is to be saved with; undefined while something is wrong, which is told from then on. */
  finish(): Promise<FilledForm | undefined>;
}

/** Reckons a form as it is filled. */
export function useFormFill(filling: () => Filling): FormFill {
  const tools = useCheckTools();
  const { locale } = useSpoken();
  const touched = shallowRef<ReadonlySet<string>>(new Set());
  const moment = computed(() => momentAt(new Date().toISOString(), filling().catalogue.timeZone));

  const checked = computed(() => checkForm(filling().layout, filling().catalogue));
  const compiled = computed(() =>
    checked.value.ok && tools.value ? compileForm(checked.value.value, filling().hiddenValues, tools.value) : undefined,
  );
  const reckoned = computed(() => {
    if (!compiled.value) return undefined;
    const { stored, mayWrite, entered } = filling();
    return inEffect(compiled.value, entered, (now) => ({ entered: now, stored, mayWrite, moment: moment.value }));
  });
  const answered = computed(() => reckoned.value?.answered);
  const faults = computed(() => {
    const found: Record<string, string[]> = {};
    for (const { path, message } of answered.value?.problems ?? []) (found[path] ??= []).push(message[locale.value]);
    return found;
  });
  const places = computed(() => fieldItemsOf(filling().layout));

  function touch(keys: readonly string[]): void {
    if (keys.some((key) => !touched.value.has(key))) touched.value = new Set([...touched.value, ...keys]);
  }

  return {
    answered,
    isFaulty: computed(() => !checked.value.ok),
    pages: computed(() => {
      const shown = answered.value;
      const all = filling().layout.pages.map((_, index) => index);
      return shown ? all.filter((index) => shown.isVisible(`/pages/${index}`)) : all;
    }),
    issues: computed(() => Object.fromEntries(Object.entries(faults.value).filter(([key]) => touched.value.has(key)))),
    faultsOn: (page) =>
      places.value
        .filter(({ path, part }) => path.startsWith(`/pages/${page}/`) && part.field in faults.value)
        .map(({ part }) => part.field),
    touch,
    restart: () => (touched.value = new Set()),
    async finish() {
      await loadCheckTools();
      touch(Object.keys(faults.value));
      if (!reckoned.value || Object.keys(faults.value).length > 0) return undefined;
      return { entered: reckoned.value.entered, changes: Object.fromEntries(reckoned.value.answered.changes) };
    },
  };
}

/**
 * Reckons a form with what can be entered as it stands: what was entered into a field that a rule has hidden or locked since is kept by the
 * page, should the rule let go of it, and counts as not entered.
 */
function inEffect(
  form: CompiledForm,
  entered: Entered,
  answersOf: (entered: Entered) => Parameters<typeof answerForm>[1],
): { readonly answered: AnsweredForm; readonly entered: Entered } {
  const answered = answerForm(form, answersOf(entered));
  const counts = Object.entries(entered).filter(([key]) => {
    const item = answered.items.get(key);
    return item?.visible && !item.readOnly;
  });
  if (counts.length === Object.keys(entered).length) return { answered, entered };
  // Each round has fewer entries, so it comes to an end.
  return inEffect(form, Object.fromEntries(counts), answersOf);
}
