import { describe, expect, it } from 'vitest';
import { keptLog } from '../testing/kept-log.ts';
import { NestLog } from './log.ts';

describe('createLog', () => {
  it('writes one JSON object a line', () => {
    const { log, lines, last } = keptLog();
    log.info({ count: 2 }, 'first\nsecond');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(last()).toMatchObject({
      level: 'info',
      count: 2,
      msg: 'first\nsecond',
      time: expect.stringMatching(/Z$/) as string,
    });
  });

  it('keeps what the database quotes of a row out of an error', () => {
    const { log, lines, last } = keptLog();
    const error = Object.assign(new Error('invalid input syntax: "张三"'), {
      code: '22P02',
      detail: '张三',
      parameters: ['张三'],
    });
    log.error({ err: error }, 'saving failed');
    expect(lines[0]).not.toContain('张三');
    expect(last()).toMatchObject({
      err: { type: 'Error', code: '22P02', stack: expect.stringContaining('log.test') as string },
    });
  });

  it('keeps the message of our own errors', () => {
    const { log, last } = keptLog();
    log.error({ err: new RangeError('too many') }, 'failed');
    expect(last()).toMatchObject({ err: { type: 'RangeError', message: 'too many' } });
  });
});

describe('NestLog', () => {
  it('gives context and error their own places', () => {
    const { log, last } = keptLog();
    new NestLog(log).error(new TypeError('no'), 'Loader');
    expect(last()).toMatchObject({ level: 'error', context: 'Loader', err: { type: 'TypeError' }, msg: 'error' });
  });

  it("keeps Nest's chatter at debug", () => {
    const { log, last } = keptLog();
    new NestLog(log).log('module ready', 'Loader');
    expect(last()).toMatchObject({ level: 'debug', context: 'Loader', msg: 'module ready' });
  });
});
