import { describe, expect, it } from 'vitest';
import { addOperand, putOperand, removeOperand, withSign, writeCombined } from './combined.ts';
import type { Combined } from './draft.ts';

const amount = { kind: 'field', key: 'amount' } as const;
const one = putOperand(withSign(amount, '+'), 0, { kind: 'given', value: 1 });
const three: Combined = { ...one, others: [...one.others, { kind: 'field', key: 'orders' }] };

describe('a field put together with others', () => {
  it('takes one more, with nothing in it', () => {
    expect(writeCombined(addOperand(three))).toEqual({ '+': [{ var: 'amount' }, 1, { var: 'orders' }, null] });
  });

  it('lets go of one, but not of the last one', () => {
    expect(writeCombined(removeOperand(three, 0))).toEqual({ '+': [{ var: 'amount' }, { var: 'orders' }] });
    expect(removeOperand(one, 0)).toBe(one);
  });

  it('keeps as many as another sign takes', () => {
    expect(writeCombined(withSign(three, 'max'))).toEqual({ max: [{ var: 'amount' }, 1, { var: 'orders' }] });
    expect(writeCombined(withSign(three, '-'))).toEqual({ '-': [{ var: 'amount' }, 1] });
  });
});
