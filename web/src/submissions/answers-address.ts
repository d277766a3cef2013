import type { Json, Rule } from '@kequn/rules';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { AnswerMatchInput, SubmissionStatus } from '../api/generated/graphql.ts';
import { startOfDay } from '../i18n/start-of-day.ts';

/** What becomes of answers. */
export const statuses: readonly SubmissionStatus[] = ['SAVED', 'REVIEW', 'DISMISSED'];

/** How the answers to a form are looked at, and to which of them it is narrowed. */
export interface AnswersView {
  readonly shows: 'answers' | 'charts';
  readonly filter: Rule | null;
  readonly search: string;
  /** The first and the last day, `YYYY-MM-DD`, by the clock of the browser; null: without end. */
  readonly from: string | null;
  readonly to: string | null;
  /** None: whatever became of them. */
  readonly statuses: readonly SubmissionStatus[];
}

/** Characters of a search, at most, as the server has it. */
const searchLength = 200;

/** All answers, one by one. */
export const allAnswers: AnswersView = {
  shows: 'answers',
  filter: null,
  search: '',
  from: null,
  to: null,
  statuses: [],
};

/** Reads a view from the address; what is none there does not narrow. */
export function readAnswersView(query: LocationQuery): AnswersView {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const day = (name: string): string | null => (startOfDay(text(name)) ? text(name) : null);
  const named = new Set(text('status').split(','));
  return {
    shows: text('shows') === 'charts' ? 'charts' : 'answers',
    filter: parsed(text('filter')),
    search: [...text('q').trim()].slice(0, searchLength).join(''),
    from: day('from'),
    to: day('to'),
    statuses: statuses.filter((status) => named.has(status)),
  };
}

/** Writes a view into an address. */
export function writeAnswersView({ shows, filter, search, from, to, statuses: named }: AnswersView): LocationQueryRaw {
  return {
    ...(shows !== 'answers' && { shows }),
    ...(search !== '' && { q: search }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(named.length > 0 && { status: named.join() }),
    ...(filter !== null && { filter: JSON.stringify(filter) }),
  };
}

/** Whether less than all is shown. */
export function isNarrowed({ filter, search, from, to, statuses: named }: AnswersView): boolean {
  return filter !== null || search !== '' || from !== null || to !== null || named.length > 0;
}

/** A view as the server is asked for it: from the first instant of the first day to the end of the last one. */
export function matchingOf({ filter, search, from, to, statuses: named }: AnswersView): AnswerMatchInput {
  return {
    filter,
    search: search || null,
    from: (from && startOfDay(from)?.toISOString()) || null,
    to: (to && startOfDay(to, 1)?.toISOString()) || null,
    statuses: named.length > 0 ? [...named] : null,
  };
}

/** The address at which the server writes the answers of a view as a file. */
export function answersExportAddress(extension: 'csv' | 'xlsx', formId: string, view: AnswersView): string {
  const { filter, search, from, to, statuses: named } = matchingOf(view);
  const given = {
    form: formId,
    ...(filter !== null && { filter: JSON.stringify(filter) }),
    ...(search && { search }),
    ...(from && { from }),
    ...(to && { to }),
    ...(named && { statuses: named.join() }),
  };
  return `/exports/submissions.${extension}?${new URLSearchParams(given).toString()}`;
}

/** JSON as it is written again: of the two zeros that it can say there is one. */
function parsed(text: string): Rule | null {
  try {
    return JSON.parse(text, (_key, value: Json) => (value === 0 ? 0 : value)) as Rule;
  } catch {
    return null;
  }
}
