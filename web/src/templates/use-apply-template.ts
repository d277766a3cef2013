import { ref, shallowRef, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { ApplyTemplateDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { appliedTemplate, type AppliedTemplate } from './applied-template.ts';

/** Applies a template. */
export interface TemplateApplying {
  readonly busy: Readonly<Ref<boolean>>;
  /** What came of it last. */
  readonly applied: Readonly<Ref<AppliedTemplate | undefined>>;
  /** Why it was refused, in which case nothing was made. */
  readonly refusal: Readonly<Ref<ApiProblem | undefined>>;
  apply(key: string): Promise<void>;
}

/** Has the server make what a template has, then everything on screen is asked for anew. */
export function useApplyTemplate(): TemplateApplying {
  const api = useApi();
  const t = useMessages();
  const busy = ref(false);
  const applied = shallowRef<AppliedTemplate>();
  const refusal = shallowRef<ApiProblem>();

  async function apply(key: string): Promise<void> {
    busy.value = true;
    refusal.value = undefined;
    try {
      applied.value = appliedTemplate((await api.mutate(ApplyTemplateDocument, { key })).applyTemplate);
      announce(t.value.templates.ready);
      api.renew();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code !== 'UNAUTHENTICATED') refusal.value = error;
    } finally {
      busy.value = false;
    }
  }

  return { busy, applied, refusal, apply };
}
