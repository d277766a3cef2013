import type { LocationQuery, LocationQueryRaw } from 'vue-router';

/** To what the audit log is narrowed. */
export interface AuditView {
  readonly search: string;
  /** The first and the last day, `YYYY-MM-DD`, by the clock of the browser; null: without end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly customerId: string | null;
}

/** Characters of a search, at most, as the server has it. */
const searchLength = 200;

/** Everything that was done. */
export const everything: AuditView = { search: '', from: null, to: null, customerId: null };

/** Reads a view from the address; what is none there does not narrow. */
export function readAuditView(query: LocationQuery): AuditView {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const day = (name: string): string | null => (startOf(text(name)) ? text(name) : null);
  return {
    search: [...text('q').trim()].slice(0, searchLength).join(''),
    from: day('from'),
    to: day('to'),
    customerId: text('customer') || null,
  };
}

/** Writes a view into an address. */
export function writeAuditView({ search, from, to, customerId }: AuditView): LocationQueryRaw {
  return {
    ...(search !== '' && { q: search }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(customerId !== null && { customer: customerId }),
  };
}

/** A view as the server is asked for it: from the first instant of the first day to the end of the last one. */
export function askedOf({ search, from, to, customerId }: AuditView) {
  return {
    search: search || null,
    customerId,
    from: (from && startOf(from)?.toISOString()) || null,
    to: (to && startOf(to, 1)?.toISOString()) || null,
  };
}

/** The first instant of a day, or of one some days later; undefined for what is no day. */
function startOf(day: string, later = 0): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined || year < 1970) return undefined;
  const start = new Date(year, month - 1, date);
  return start.getDate() === date && start.getMonth() === month - 1
    ? new Date(year, month - 1, date + later)
    : undefined;
}
