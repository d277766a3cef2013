import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Every text by its place, functions called with numbers in words so that what they build is seen. */
function texts(messages: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, message] of Object.entries(messages)) {
    const place = path ? `${path}.${key}` : key;
    if (typeof message === 'string') found.set(place, message);
    else if (typeof message === 'function')
      found.set(place, String(message(...Array.from({ length: message.length }, () => '7'))));
    else for (const [inner, text] of texts(message as object, place)) found.set(inner, text);
  }
  return found;
}

const chinese = texts(zhCN);
const english = texts(en);

function placesOf(messages: Iterable<readonly [string, string]>, isAtFault: (text: string) => boolean): string[] {
  return [...messages].filter(([, text]) => isAtFault(text)).map(([place]) => place);
}

describe('the messages', () => {
  it('are the same in every language', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
  });

  it('are never empty', () => {
    expect(placesOf([...chinese, ...english], (text) => text.trim() === '')).toEqual([]);
  });

  it('hold no Chinese in English', () => {
    expect(placesOf(english, (text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('use no words of programming', () => {
    const words = /\b(null|boolean|JSON|AND|OR|undefined)\b|布尔|空值/;
    expect(placesOf([...chinese, ...english], (text) => words.test(text))).toEqual([]);
  });

  it('tell what they are given', () => {
    expect(zhCN.segments.activated('1,869')).toBe('已启用，共 1,869 位成员');
    expect(en.segments.activated('1')).toBe('Active, with 1 member');
    expect(en.customers.issues(2)).toContain('2 entries need');
  });
});
