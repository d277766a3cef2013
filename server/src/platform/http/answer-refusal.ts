import type { Request, Response } from 'express';
import { localeOf } from '../locale-of.ts';
import { Refused, refusalWords, type RefusalCode } from '../refused.ts';

const statuses: Readonly<Record<RefusalCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  FIELD_FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IN_USE: 409,
  LIMIT_EXCEEDED: 413,
  VALIDATION_FAILED: 422,
  RULE_INVALID: 422,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/** Answers what was thrown at an address beside GraphQL: {code, message, issues?} in the reader's language; of our own mistakes no details. */
export function answerRefusal(req: Request, res: Response, error: unknown): void {
  const locale = localeOf(req.get('accept-language'));
  if (!(error instanceof Refused)) {
    res.status(500).json({ code: 'INTERNAL', message: refusalWords.INTERNAL[locale] });
    return;
  }
  const { code, details } = error;
  const issues = details.issues?.map((issue) => ({ ...issue, message: issue.message[locale] }));
  if (details.retryAfter !== undefined) res.set('retry-after', String(details.retryAfter));
  res.status(statuses[code]).json({ code, message: refusalWords[code][locale], ...details, ...(issues && { issues }) });
}
