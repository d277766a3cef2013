import type { Rule } from '@kequn/rules';
import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import { PreviewRuleDocument, type PreviewRuleQuery } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';

/** What the server counts for a rule. */
type Preview = PreviewRuleQuery['previewRule'];

/** The live count of a rule. */
export interface RulePreview {
  /** The last answer, with the rule that it is about; undefined while there is no complete condition. */
  readonly answer: Readonly<ShallowRef<{ readonly rule: Rule; readonly preview: Preview } | undefined>>;
  readonly counting: Readonly<Ref<boolean>>;
  readonly problem: Readonly<ShallowRef<ApiProblem | undefined>>;
  retry(): void;
}

/** So long nothing may change before the count is asked for. */
const pause = 300;

/** Counts a rule as it is edited: not while it is being typed, and an answer to a rule that has changed since is dropped. */
export function useRulePreview(rule: () => Rule | null): RulePreview {
  const api = useApi();
  const answer = shallowRef<{ rule: Rule; preview: Preview }>();
  const counting = ref(false);
  const problem = shallowRef<ApiProblem>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Aborted as soon as something newer is asked: the server then stops counting. */
  let asking = new AbortController();

  /** Of many customers an estimate comes first, from a sample; of few it is exact already. */
  async function count(asked: Rule): Promise<void> {
    const { signal } = asking;
    try {
      for (const estimate of [true, false]) {
        const { previewRule } = await api.query(PreviewRuleDocument, { rule: asked, estimate }, signal);
        answer.value = { rule: asked, preview: previewRule };
        problem.value = undefined;
        if (previewRule.exact) break;
      }
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem.value = error;
    }
    counting.value = false;
  }

  function ask(asked: Rule | null, delay: number): void {
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    counting.value = asked !== null;
    if (asked === null) {
      answer.value = undefined;
      problem.value = undefined;
    } else timer = setTimeout(() => void count(asked), delay);
  }

  watch(
    () => JSON.stringify(rule()),
    (_now, before) => ask(rule(), before === undefined ? 0 : pause),
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    asking.abort();
  });

  return { answer, counting: readonly(counting), problem, retry: () => ask(rule(), 0) };
}
