import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../json.ts';
import { fieldTypes } from './index.ts';
import type { FieldType } from './field-definition.ts';

describe('a masked value', () => {
  it.each<[FieldType, NonNullable<Value>, string]>([
    ['PHONE', '+8613812341234', '138****1234'],
    ['PHONE', '+442071838750', '+44****8750'],
    ['PHONE', '+6531581', '****1581'],
    ['EMAIL', 'ann.lee@example.com', 'a***@example.com'],
    ['EMAIL', 'a@example.com', '***@example.com'],
    ['TEXT', '王晨海', '王*'],
    ['TEXT', '王', '*'],
    ['TEXT', '😀笑', '😀*'],
    ['TEXT', '110101199003071234', '11****1234'],
    ['TEXT', '11010119900307123X', '11****123X'],
    ['LONG_TEXT', '客户说……', '***'],
    ['MONEY', 12_345, '10000–20000'],
    ['MONEY', 0, '0–1'],
    ['NUMBER', -70, '-50–-100'],
    ['NUMBER', 20, '20–50'],
    ['PERCENT', 12.5, '10–20'],
    ['RATING', 4, '***'],
    ['BOOLEAN', true, '***'],
    ['DATE', '1990-03-07', '1990-**-**'],
    ['DATETIME', '2026-01-02T03:04:05.000Z', '2026-**-**'],
    ['SELECT', 'gold', '***'],
    ['MULTI_SELECT', ['a', 'b'], '***'],
    ['URL', 'https://example.com/me', '***'],
    ['REGION', '310115', '31****'],
    ['USER', '018f0000-0000-7000-8000-000000000001', '***'],
    ['FILE', '018f0000-0000-7000-8000-000000000001', '***'],
  ])('of %s %j is %s', (type, value, shown) => {
    expect(fieldTypes[type].mask(value)).toBe(shown);
  });

  it('of a text tells nothing of what stands behind its first character', () => {
    const letters = fc.stringMatching(/^[a-z张王李]{1,12}$/);
    fc.assert(
      fc.property(letters, letters, (some, others) => {
        const [one, other] = [`x${some}`, `x${others}`];
        return fieldTypes.TEXT.mask(one) === fieldTypes.TEXT.mask(other);
      }),
    );
  });

  it('of an amount tells a band that holds it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 0, max: 9e15 }), (amount) => {
        const [from, to] = fieldTypes.MONEY.mask(amount).split('–').map(Number);
        return from! <= amount && amount < to! && (from === 0 || to! / from! <= 2.5);
      }),
    );
  });
});
