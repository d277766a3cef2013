/** Texts of why a customer is in a segment, in Chinese. */
export const explanations = {
  onlyShared: '分群已共享给您，但规则用到了您无权查看的字段，所以不说明原因',
  why: '为什么？',
  whyIn: (segment: string) => `为什么属于“${segment}”？`,
  whyNot: '为什么不属于……？选择一个分群',
  holds: '符合：',
  fails: '不符合：',
  not: '以下不成立',
  actual: (value: string) => `实际：${value}`,
  redacted: '实际：无权查看',
  nextChange: (when: string) => `不修改资料，最早于 ${when} 可能变化`,
};
