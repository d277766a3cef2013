import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AnswerSource } from './submit-form.ts';

const COOKIE = 'kequn_person';
const YEAR = 365 * 24 * 3_600_000;

/** From where an answer comes: by what its browser keeps, or else by its address. */
export function sourceOf(req: Request): AnswerSource {
  const person = cookieOf(req, COOKIE) ?? `address:${req.ip ?? ''}`;
  return { person, key: cookieOf(req, 'kequn_form') ?? req.get('x-form-key') };
}

/** Makes a browser keep something by which a form knows that it has been filled by it. */
export function keepVisitor(req: Request, res: Response): void {
  if (cookieOf(req, COOKIE)) return;
  const attributes = { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/f' } as const;
  res.cookie(COOKIE, randomBytes(18).toString('base64url'), { ...attributes, maxAge: YEAR });
}

function cookieOf(req: Request, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(req.get('cookie') ?? '')?.[1];
}
