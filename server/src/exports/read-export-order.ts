import { normalInstant, sentence } from '@kequn/rules';
import type { Request } from 'express';
import type { SubmissionStatus } from '../forms/record-submission.ts';
import { invalid } from '../platform/refused.ts';
import { SubmissionStatusEnum } from '../submissions/submission.ts';
import type { AuditOrder } from './export-audit-log.ts';
import type { ExportOrder } from './export-customers.ts';
import type { AnswersOrder } from './export-submissions.ts';

/**
 * Reads what an address asks to be exported. A parameter that is given twice is not taken for either.
 *
 * @throws {Refused} VALIDATION_FAILED for one that cannot be read.
 */
export function readExportOrder({ query }: Pick<Request, 'query'>): ExportOrder {
  const columns = textOf(query, 'columns');
  const filter = textOf(query, 'filter');
  return {
    segmentId: textOf(query, 'segment'),
    columns: columns === null ? null : columns.split(',').filter((key) => key !== ''),
    filter: filter === null ? null : ruleOf(filter),
    search: textOf(query, 'search'),
  };
}

/**
 * Reads what of the audit log an address asks to be exported.
 *
 * @throws {Refused} VALIDATION_FAILED for a parameter that cannot be read.
 */
export function readAuditOrder({ query }: Pick<Request, 'query'>): AuditOrder {
  return {
    customerId: textOf(query, 'customerId'),
    search: textOf(query, 'search'),
    from: instantOf(query, 'from'),
    to: instantOf(query, 'to'),
  };
}

/**
 * Reads which answers to a form an address asks to be exported; one that names no form asks for those of none.
 *
 * @throws {Refused} VALIDATION_FAILED for a parameter that cannot be read.
 */
export function readAnswersOrder({ query }: Pick<Request, 'query'>): AnswersOrder {
  const filter = textOf(query, 'filter');
  const statuses = textOf(query, 'statuses');
  return {
    formId: textOf(query, 'form') ?? '',
    matching: {
      filter: filter === null ? null : ruleOf(filter),
      search: textOf(query, 'search'),
      from: instantOf(query, 'from'),
      to: instantOf(query, 'to'),
      statuses: statuses === null ? null : statuses.split(',').map(statusOf),
    },
  };
}

function statusOf(text: string): SubmissionStatus {
  if (!Object.hasOwn(SubmissionStatusEnum, text)) throw unreadable('statuses');
  return text as SubmissionStatus;
}

function instantOf(query: Request['query'], name: string): string | null {
  const text = textOf(query, name);
  const instant = text === null ? null : normalInstant(text);
  if (instant === undefined) throw unreadable(name);
  return instant;
}

function textOf(query: Request['query'], name: string): string | null {
  const value = query[name];
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  throw unreadable(name);
}

function ruleOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable('filter');
  }
}

function unreadable(path: string) {
  return invalid([{ path, code: 'INVALID', message: sentence('无法读取这个参数', 'This parameter cannot be read') }]);
}
