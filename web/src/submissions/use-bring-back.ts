import { ref, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { BringBackReviewDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { toast } from '../ui/toast.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';

/** Lets answers wait again that were put aside. */
export interface BringBack {
  /** The id of the one that is being brought back. */
  readonly busy: Ref<string | undefined>;
  bringBack(submissionId: string): Promise<void>;
}

/** Brings answers back; `done` is told once one is, or once it is known that somebody has decided otherwise. */
export function useBringBack(done: () => void): BringBack {
  const t = useMessages();
  const api = useApi();
  const tellProblem = useProblemToast();
  const busy = ref<string>();

  async function bringBack(submissionId: string): Promise<void> {
    busy.value = submissionId;
    const { broughtBack, conflict } = t.value.submissions.reviews;
    try {
      await api.mutate(BringBackReviewDocument, { submissionId });
      void toast(broughtBack);
      announce(broughtBack);
      done();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code !== 'CONFLICT' && error.code !== 'NOT_FOUND') return tellProblem(error);
      void toast(conflict, 'error');
      done();
    } finally {
      busy.value = undefined;
    }
  }

  return { busy, bringBack };
}
