import { describe, expect, it } from 'vitest';
import { catalogue } from './arbitrary-rules.ts';
import { missingInChoice, newChoice, putFirst, withKey, writeChoice } from './choice.ts';
import type { Choice } from './draft.ts';

const isVip = { operator: 'is', values: [true] } as const;
/** The amount of VIPs, of others 0. */
const choice: Choice = {
  kind: 'choice',
  key: 'vip',
  condition: isVip,
  type: 'NUMBER',
  first: { kind: 'field', key: 'amount' },
  otherwise: { kind: 'given', value: 0 },
};

describe('a choice by a field', () => {
  it('is at first one between two numbers that are to be filled in', () => {
    const started = newChoice('vip', catalogue);
    expect(started.condition).toEqual({ operator: 'is', values: [null] });
    expect(missingInChoice(started)).toBe('when');
    expect(missingInChoice({ ...started, condition: isVip })).toBe('result');
    expect(missingInChoice({ ...started, condition: isVip, first: choice.first, otherwise: null })).toBeUndefined();
  });

  it('has no result behind the condition where nothing is taken otherwise', () => {
    expect(writeChoice({ ...choice, otherwise: null })).toEqual({
      if: [{ '==': [{ var: 'vip' }, true] }, { var: 'amount' }],
    });
  });

  it('by another field asks that anew', () => {
    expect(withKey(choice, 'city', catalogue)).toEqual({
      ...choice,
      key: 'city',
      condition: { operator: 'is', values: [null] },
    });
  });

  it('keeps the other result only beside one of its type', () => {
    const first = (key: string): Choice => putFirst(choice, { kind: 'field', key }, 'NUMBER', catalogue);
    expect(first('orders').otherwise).toEqual({ kind: 'given', value: 0 });
    expect(first('due').otherwise).toEqual({ kind: 'given', value: null });
    expect(putFirst(choice, { kind: 'given', value: null }, 'TEXT', catalogue).otherwise).toEqual({
      kind: 'given',
      value: null,
    });
  });
});
