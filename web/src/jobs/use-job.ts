import { computed, onBeforeUnmount, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import { CancelJobDocument, JobDocument, RetryJobDocument, type JobPartsFragment } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';

/** Between two looks at how far it is. */
const LOOK_MS = 500;

/** A job that is watched. */
export interface WatchedJob {
  readonly job: Readonly<ShallowRef<JobPartsFragment>>;
  readonly ended: ComputedRef<boolean>;
  cancel(): Promise<void>;
  retry(): Promise<void>;
}

/** Watches a job until it ends or the page is left; a look that fails is tried again. */
export function useJob(start: JobPartsFragment, whenEnded: (job: JobPartsFragment) => void): WatchedJob {
  const api = useApi();
  const job = shallowRef(start);
  const ended = computed(() => !['QUEUED', 'RUNNING'].includes(job.value.status));
  let timer: number | undefined;

  function lookAgain(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), LOOK_MS);
  }

  async function look(): Promise<void> {
    try {
      job.value = (await api.query(JobDocument, { id: start.id })).job ?? job.value;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
    if (ended.value) whenEnded(job.value);
    else lookAgain();
  }

  onBeforeUnmount(() => window.clearTimeout(timer));
  lookAgain();

  return {
    job,
    ended,
    async cancel() {
      job.value = (await api.mutate(CancelJobDocument, { id: start.id })).cancelJob;
      lookAgain();
    },
    async retry() {
      job.value = (await api.mutate(RetryJobDocument, { id: start.id })).retryJob;
      lookAgain();
    },
  };
}
