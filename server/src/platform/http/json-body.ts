import express, { type RequestHandler } from 'express';
import { parse } from 'lossless-json';

/** Deeper than any request of ours, and far from the depth at which walking a value recursively overflows the stack. */
const MAX_DEPTH = 200;

/** Why a body was refused before it was parsed; `status` and `type` are what body-parser's own errors carry. */
class BodyRefused extends Error {
  override readonly name = 'BodyRefused';

  constructor(
    readonly status: number,
    readonly type: string,
  ) {
    super(type);
  }
}

/**
 * Parses JSON bodies of up to 1 MB (after unpacking) in UTF-8. Other encodings of Unicode, which body-parser would take, are
 * refused: what looks at a request on its way here would read another text than we do. For the same reason no object may say two things
 * of one key, of which `JSON.parse` would take the last.
 *
 * What it refuses, and what body-parser does, goes on to `bodyErrors`.
 */
export function jsonBody(): RequestHandler {
  return express.json({
    limit: '1mb',
    verify: (_req, _res, body, encoding) => {
      if (encoding !== 'utf-8') throw new BodyRefused(415, 'charset.unsupported');
      if (isDeeperThan(MAX_DEPTH, body)) throw new BodyRefused(400, 'json.too.deep');
      if (contradictsItself(body)) throw new BodyRefused(400, 'json.key.twice');
    },
  });
}

/** Whether an object of JSON text has one key twice, with different values. */
function contradictsItself(body: Buffer): boolean {
  try {
    parse(body.toString());
    return false;
  } catch (error) {
    // What is no JSON at all is for body-parser to tell.
    return error instanceof SyntaxError && error.message.startsWith('Duplicate key');
  }
}

/** Whether JSON text nests deeper than `max`, without parsing it. */
function isDeeperThan(max: number, json: Buffer): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (inString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === BRACE_OPEN || byte === BRACKET_OPEN) {
      if (++depth > max) return true;
    } else if (byte === BRACE_CLOSE || byte === BRACKET_CLOSE) depth--;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
