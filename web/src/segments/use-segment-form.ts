import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import { SaveSegmentDocument, SegmentDocument, type SegmentPartsFragment } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { tell } from '../rule-editor/use-rule-draft.ts';
import { useColleagues } from '../session/colleagues.ts';
import { useSession } from '../session/session.ts';
import type { Difference, Resolution } from '../ui/ConflictDialog.vue';
import {
  changedEntries,
  conflictingEntries,
  rebaseSegment,
  segmentDraft,
  segmentInput,
  type SegmentDraft,
  type SegmentEntries,
} from './segment-draft.ts';

/** The form of one segment: what is entered, what is wrong with it, saving it, and what happens when somebody else saved first. */
export interface SegmentForm {
  readonly draft: Readonly<ShallowRef<SegmentDraft>>;
  /** How many conditions are not complete. */
  readonly unfinished: Ref<number>;
  readonly nameIssues: ComputedRef<readonly string[]>;
  readonly ruleIssues: ComputedRef<readonly string[]>;
  readonly unsaved: ComputedRef<boolean>;
  readonly saving: Readonly<Ref<boolean>>;
  readonly refusal: Readonly<ShallowRef<ApiProblem | undefined>>;
  /** Set while it must be decided whose values are kept. */
  readonly differences: ComputedRef<readonly Difference[] | undefined>;
  enter(change: Partial<SegmentEntries>): void;
  /** Undefined where it was not saved; then the form tells why. */
  save(): Promise<SegmentPartsFragment | undefined>;
  resolve(resolution: Resolution): Promise<SegmentPartsFragment | undefined>;
  dropConflict(): void;
}

/** Binds a form to the segment that is given, null for a new one. It follows what is loaded anew until something is entered. */
export function useSegmentForm(segment: () => SegmentPartsFragment | null): SegmentForm {
  const api = useApi();
  const t = useMessages();
  const format = useFormat();
  const catalogue = useCatalogue();
  const colleagues = useColleagues();
  const session = useSession();

  const draft = shallowRef(segmentDraft(segment(), session.viewer?.id));
  const unfinished = ref(0);
  const tried = ref(false);
  const saving = ref(false);
  const refusal = shallowRef<ApiProblem>();
  const theirs = shallowRef<SegmentDraft>();

  const unsaved = computed(() => changedEntries(draft.value).length > 0 || unfinished.value > 0);
  const nameIssues = computed(() =>
    tried.value && !draft.value.entered.name.trim() ? [t.value.segments.nameMissing] : [],
  );
  const ruleIssues = computed(() => {
    if (!tried.value) return [];
    if (unfinished.value > 0) return [t.value.segments.ruleUnfinished(unfinished.value)];
    return draft.value.entered.rule === null ? [t.value.segments.ruleMissing] : [];
  });

  watch(
    () => JSON.stringify(segment() && segmentDraft(segment()!)),
    () => {
      const now = segment();
      if (now && !unsaved.value) draft.value = segmentDraft(now);
    },
  );

  const differences = computed<readonly Difference[] | undefined>(() => {
    const other = theirs.value;
    if (!other) return undefined;
    const words = (entries: SegmentEntries, name: keyof SegmentEntries): string => {
      if (name === 'rule') return tell(entries.rule, catalogue.forRules, catalogue.reader);
      if (name === 'tags') return format.value.list(entries.tags);
      return name === 'owner' ? (colleagues.names.get(entries.owner ?? '') ?? '') : entries[name];
    };
    return conflictingEntries(draft.value, other).map((name) => ({
      key: name,
      label: t.value.segments[name],
      mine: words(draft.value.entered, name),
      theirs: words(other.read, name),
    }));
  });

  async function send(): Promise<SegmentPartsFragment | undefined> {
    saving.value = true;
    refusal.value = undefined;
    try {
      const { saveSegment } = await api.mutate(SaveSegmentDocument, { input: segmentInput(draft.value) });
      draft.value = segmentDraft(saveSegment);
      tried.value = false;
      return saveSegment;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      await refuse(error);
      return undefined;
    } finally {
      saving.value = false;
    }
  }

  async function refuse(problem: ApiProblem): Promise<void> {
    // Whoever is signed out is asked to sign in, and can then save again.
    if (problem.code === 'UNAUTHENTICATED') return;
    const { id } = draft.value;
    if (problem.code !== 'CONFLICT' || id === null) {
      refusal.value = problem;
      return;
    }
    const { segment: now } = await api.query(SegmentDocument, { id });
    if (now) theirs.value = segmentDraft(now);
    else refusal.value = problem;
  }

  return {
    draft,
    unfinished,
    nameIssues,
    ruleIssues,
    unsaved,
    saving,
    refusal,
    differences,
    enter(change) {
      refusal.value = undefined;
      draft.value = { ...draft.value, entered: { ...draft.value.entered, ...change } };
    },
    async save() {
      tried.value = true;
      return nameIssues.value.length > 0 || ruleIssues.value.length > 0 ? undefined : send();
    },
    async resolve(resolution) {
      if (!theirs.value) return undefined;
      draft.value = rebaseSegment(draft.value, theirs.value, resolution);
      theirs.value = undefined;
      return send();
    },
    dropConflict() {
      theirs.value = undefined;
    },
  };
}
