import type { Messages } from '../zh-CN.ts';

/** Texts of long work, in English. */
export const jobs: Messages['jobs'] = {
  statuses: { QUEUED: 'Waiting', RUNNING: 'Running', SUCCEEDED: 'Done', FAILED: 'Failed', CANCELLED: 'Cancelled' },
  progress: (done, total) => `${done} of ${total}`,
  goOn: 'Go on',
};
