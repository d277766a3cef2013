import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { sentence, type Sentence } from '@kequn/rules';
import busboy, { type Busboy } from 'busboy';
import { invalid, type Refused } from '../platform/refused.ts';

/** The one part of an upload. */
export interface Upload {
  readonly name: string;
  readonly content: Readable;
  /**
   * Once the whole request was read, and nothing else was in it.
   *
   * @throws {Refused} VALIDATION_FAILED.
   */
  readonly ended: Promise<void>;
  /** Reads no more of it into memory; what still comes is thrown away, so that the answer can be read. */
  abandon(): void;
}

/** The name of the part that holds the file. */
const PART = 'file';

const words = {
  form: sentence('应以 multipart/form-data 上传一个文件', 'One file is expected, sent as multipart/form-data'),
  one: sentence('请一次上传一个文件，名为 file', 'Send one file at a time, in a part called “file”'),
  broken: sentence('文件没有传完，请重试', 'The file did not arrive as a whole; please try again'),
} as const;

/** The refusal of a file for a reason. */
export function badFile(message: Sentence): Refused {
  return invalid([{ path: PART, code: 'INVALID', message }]);
}

/**
 * Reads a request that holds one file and nothing else, up to the beginning of the file. Of the file so many bytes are let through; one that is
 * longer comes cut after one byte more.
 *
 * @throws {Refused} VALIDATION_FAILED where it is no such request.
 */
export function readUpload(req: IncomingMessage, mostBytes: number): Promise<Upload> {
  const parser = parserOf(req, mostBytes);
  const abandon = () => {
    req.unpipe(parser);
    req.resume();
    parser.destroy();
  };
  return new Promise((resolve, reject) => {
    const ended = wholeOf(req, parser);
    parser.on('file', (part, content, { filename }) => {
      // Whoever reads it is told of the error; where nobody does, it must not end the process.
      content.on('error', () => undefined);
      if (part === PART && typeof filename === 'string') resolve({ name: filename, content, ended, abandon });
      else content.resume();
    });
    ended.then(() => reject(badFile(words.one)), reject);
    req.pipe(parser);
  });
}

function parserOf(req: IncomingMessage, mostBytes: number): Busboy {
  const limits = { files: 1, fields: 0, parts: 2, fileSize: mostBytes + 1, headerPairs: 20, fieldNameSize: 100 };
  try {
    if (!/^multipart\/form-data\b/i.test(req.headers['content-type'] ?? '')) throw badFile(words.form);
    return busboy({ headers: req.headers, limits, defParamCharset: 'utf8' });
  } catch {
    req.resume();
    throw badFile(words.form);
  }
}

function wholeOf(req: IncomingMessage, parser: Busboy): Promise<void> {
  return new Promise((resolve, reject) => {
    let isMore = false;
    const more = () => {
      isMore = true;
    };
    for (const sign of ['field', 'fieldsLimit', 'filesLimit', 'partsLimit'] as const) parser.on(sign, more);
    parser.once('error', () => {
      req.unpipe(parser);
      req.resume();
      reject(badFile(words.broken));
    });
    parser.once('close', () => (isMore ? reject(badFile(words.one)) : resolve()));
    req.once('close', () => {
      if (!req.complete) parser.destroy(new Error('The sender has gone'));
    });
  });
}
