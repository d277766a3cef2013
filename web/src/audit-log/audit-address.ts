import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { startOfDay } from '../i18n/start-of-day.ts';

/** What the audit shows: what was done, or who read sensitive fields of whom. */
export const auditViews = ['changes', 'reads'] as const;

/** What of the audit is shown, and to what it is narrowed. */
export interface AuditView {
  readonly shows: (typeof auditViews)[number];
  /** Of what was done alone. */
  readonly search: string;
  /** The first and the last day, `YYYY-MM-DD`, by the clock of the browser; null: without end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly customerId: string | null;
}

/** Characters of a search, at most, as the server has it. */
const searchLength = 200;

/** Everything that was done. */
export const everything: AuditView = { shows: 'changes', search: '', from: null, to: null, customerId: null };

/** Reads a view from the address; what is none there does not narrow. */
export function readAuditView(query: LocationQuery): AuditView {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const day = (name: string): string | null => (startOfDay(text(name)) ? text(name) : null);
  return {
    shows: text('view') === 'reads' ? 'reads' : 'changes',
    search: [...text('q').trim()].slice(0, searchLength).join(''),
    from: day('from'),
    to: day('to'),
    customerId: text('customer') || null,
  };
}

/** Writes a view into an address. */
export function writeAuditView({ shows, search, from, to, customerId }: AuditView): LocationQueryRaw {
  return {
    ...(shows !== 'changes' && { view: shows }),
    ...(search !== '' && { q: search }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(customerId !== null && { customer: customerId }),
  };
}

/** Whether less than everything is shown. */
export function isNarrowed({ search, from, to, customerId }: AuditView): boolean {
  return search !== '' || [from, to, customerId].some((narrowed) => narrowed !== null);
}

/** The customer and the days of a view as the server is asked for them: from the first instant of the first day to the end of the last one. */
export function askedOf({ from, to, customerId }: AuditView) {
  return {
    customerId,
    from: (from && startOfDay(from)?.toISOString()) || null,
    to: (to && startOfDay(to, 1)?.toISOString()) || null,
  };
}

/** The address at which the server writes as a file what was done, as far as a view narrows it. */
export function auditExportAddress(extension: 'csv' | 'xlsx', view: AuditView): string {
  const given = Object.entries({ ...askedOf(view), search: view.search }).filter(([, value]) => value);
  const query = new URLSearchParams(given as [string, string][]);
  return `/exports/audit-log.${extension}${query.size > 0 ? `?${query.toString()}` : ''}`;
}
