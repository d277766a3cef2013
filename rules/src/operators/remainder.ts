import type { Operator } from '../ast.ts';
import type { Rule } from '../json.ts';
import { largestNumber } from '../limits.ts';
import { sentence } from '../locale.ts';
import { bindInSql } from '../sql.ts';
import { joinWords, sayOperand } from '../text.ts';
import { arithmetic } from './arithmetic.ts';

const before = sentence('', 'the remainder of');
const between = sentence('除以', 'divided by');
const behind = sentence('的余数', '');

/** A whole number as Postgres divides it; empty where it is none, or too large to be exact. */
function wholeInSql(number: string): string {
  return `(CASE WHEN abs(${number}) <= ${largestNumber} AND trunc(${number}) = ${number} THEN ${number} END)::bigint`;
}

function isWhole(number: Rule): Rule {
  return { and: [{ '<=': [-largestNumber, number, largestNumber] }, { '==': [{ '%': [number, 1] }, 0] }] };
}

const division = arithmetic({
  key: '%',
  sign: '÷',
  arity: { min: 2, max: 2 },
  of: (a, b) => (Number.isSafeInteger(a) && Number.isSafeInteger(b) && b !== 0 ? a % b : null),
  sql: (first, second) =>
    bindInSql([first, second], ([a, b]) => `mod(${wholeInSql(a!)}, NULLIF(${wholeInSql(b!)}, 0))::double precision`),
  portable: (a, b): Rule => ({ if: [{ and: [isWhole(a), isWhole(b), { '!=': [b, 0] }] }, { '%': [a, b] }, null] }),
});

/** What a whole number leaves when divided by another, with the sign of the first; empty of other numbers, and by 0. */
export const remainder: Operator = {
  ...division,
  say([dividend, divisor], reader) {
    const { locale } = reader;
    const [first, second] = [sayOperand(dividend!, reader), sayOperand(divisor!, reader)];
    const words = [before[locale], first, between[locale], second, behind[locale]];
    return joinWords(
      words.filter((word) => word !== ''),
      reader,
    );
  },
};
