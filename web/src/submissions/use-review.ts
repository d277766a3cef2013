import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import { DismissReviewDocument, ResolveReviewDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useCustomerTitle } from '../fields/customer-title.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { toast } from '../ui/toast.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';
import type { Match, Review } from './review-draft.ts';

/** What can be decided of an answer that waits. */
export interface ReviewActs {
  /** What is being done. */
  readonly busy: Ref<'join' | 'create' | 'dismiss' | undefined>;
  /** What is wrong with what was taken, by the key of its field. */
  readonly problem: Readonly<ShallowRef<ApiProblem | undefined>>;
  /** Into that customer, or as a new one. */
  resolve(match: Match | null, taken: ReadonlySet<string>): Promise<void>;
  dismiss(): Promise<void>;
}

/** What is told of a decision, or of that an answer has to be looked at anew: whether it was put aside. */
export interface Decided {
  readonly isDismissed: boolean;
}

/** Decides of an answer; `decided` is told once it is, or once it is known that it has to be looked at anew. */
export function useReview(review: () => Review, decided: (how: Decided) => void): ReviewActs {
  const t = useMessages();
  const api = useApi();
  const title = useCustomerTitle();
  const tellProblem = useProblemToast();
  const busy: ReviewActs['busy'] = ref();
  const problem = shallowRef<ApiProblem>();

  async function act(what: 'join' | 'create' | 'dismiss', work: () => Promise<string>): Promise<void> {
    busy.value = what;
    problem.value = undefined;
    try {
      const told = await work();
      void toast(told);
      announce(told);
      decided({ isDismissed: what === 'dismiss' });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      tell(error);
    } finally {
      busy.value = undefined;
    }
  }

  function tell(error: ApiProblem): void {
    problem.value = error;
    if (error.code !== 'CONFLICT' && error.code !== 'NOT_FOUND') return tellProblem(error);
    void toast(t.value.submissions.reviews.conflict, 'error');
    decided({ isDismissed: false });
  }

  return {
    busy,
    problem,
    resolve: (match, taken) =>
      act(match ? 'join' : 'create', async () => {
        const { resolveReview: customer } = await api.mutate(ResolveReviewDocument, {
          submissionId: review().id,
          customerId: match?.id ?? null,
          version: match?.version ?? null,
          fields: [...taken],
        });
        const { joined, created } = t.value.submissions.reviews;
        return (match ? joined : created)(title.value(customer));
      }),
    dismiss: () =>
      act('dismiss', async () => {
        await api.mutate(DismissReviewDocument, { submissionId: review().id });
        return t.value.submissions.reviews.dismissed;
      }),
  };
}
