/** The fields that the rules read; `mark` tells one save from the other. */
export const fields = [
  { key: 'points', type: 'NUMBER', label: '积分' },
  { key: 'city', type: 'TEXT', label: '城市' },
  { key: 'promised', type: 'DATETIME', label: '约定时间' },
  { key: 'seen', type: 'DATETIME', label: '到店' },
  { key: 'mark', type: 'NUMBER', label: '标记' },
] as const;

const orders = { filter: [{ var: 'events.order' }, { within_last: [{ var: 'at' }, 1, 'hour'] }] };

/** The rules that each segment is given in turn, by a number from 0 to 99; what asks for membership stands behind what it asks for. */
export const rules: Readonly<Record<string, (n: number) => unknown>> = {
  rich: (n) => ({ '>': [{ var: 'points' }, n] }),
  late: (n) => ({ [n % 3 === 0 ? '>=' : '<']: [{ var: 'promised' }, { now: [] }] }),
  recent: (n) => ({ and: [{ within_last: [{ var: 'seen' }, 1, 'hour'] }, { '>': [{ var: 'points' }, n / 2] }] }),
  buyers: (n) => ({ '>=': [{ count: [orders] }, 1 + (n % 3)] }),
  spenders: (n) => ({ '>': [{ sum: [{ var: 'events.order' }, 'amount'] }, n * 1_000] }),
  late_here: (n) => ({ and: [{ in_segment: ['late'] }, { '==': [{ var: 'city' }, n % 2 ? '上海' : '北京'] }] }),
  idle: () => ({ '!': [{ or: [{ in_segment: ['recent'] }, { in_segment: ['buyers'] }] }] }),
  lost: () => ({ and: [{ in_segment: ['late_here'] }, { in_segment: ['idle'] }] }),
};
