import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../platform/context.ts';

/** Where a job stands: what is shown of it, and what it needs to go on. */
export interface JobProgress {
  readonly done: number;
  /** JSON, as the kind itself wrote it; null at the start. The same holds of `result` and, for the order, of `input`. */
  readonly cursor: unknown;
  readonly result: unknown;
}

/** One run of a job, from its start or from where the last run ended. */
export interface JobRun extends JobProgress {
  readonly jobId: string;
  readonly input: unknown;
  /** Whether an earlier run has come to where there is no way back. */
  readonly isDecided: boolean;
  /** Of whoever started the job. */
  readonly ctx: RequestContext;
  /**
   * Notes how far the work is, in the transaction that does it: both are there after a crash, or neither.
   *
   * @throws {JobStopped} when the job was cancelled, the server ends, or another worker took it over; the transaction rolls back.
   */
  advance(manager: EntityManager, progress: JobProgress): Promise<void>;
  /** The same of a kind that keeps elsewhere where it stands: so much more is done. */
  proceed(manager: EntityManager, by: number): Promise<void>;
  /** The same of a step from which there is no way back: from then on the job cannot be cancelled. */
  decide(manager: EntityManager): Promise<void>;
}

/** One kind of long work. It goes in steps, each a short transaction that ends with `advance`. */
export interface JobKind {
  readonly kind: string;
  /** @throws {Refused} when it cannot be done, now or later. Anything else is tried again. */
  run(run: JobRun): Promise<void>;
  /** Undoes what a job left behind that was cancelled or failed for good. It may be called when there is nothing to undo. */
  abandon?(ctx: RequestContext, jobId: string): Promise<void>;
}

/** That a run has to end before its work is done. */
export class JobStopped extends Error {
  override readonly name = 'JobStopped';
}
