/** Texts of long work, in Chinese. */
export const jobs = {
  statuses: { QUEUED: '等待中', RUNNING: '进行中', SUCCEEDED: '已完成', FAILED: '未完成', CANCELLED: '已取消' },
  progress: (done: string, total: string) => `${done} / ${total}`,
  goOn: '继续',
};
