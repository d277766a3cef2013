import type { Messages } from '../zh-CN.ts';

/** Texts of why a customer is in a segment, in English. */
export const explanations: Messages['explanations'] = {
  onlyShared: 'Shared with you; why is not told, since the rule reads fields that you may not',
  why: 'Why?',
  whyIn: (segment) => `Why in “${segment}”?`,
  whyNot: 'Why not in …? Choose a segment',
  holds: 'Holds:',
  fails: 'Does not hold:',
  not: 'what follows does not hold',
  actual: (value) => `Actually: ${value}`,
  redacted: 'Actually: you may not see it',
  nextChange: (when) => `Without an edit this can change at ${when} at the earliest`,
};
