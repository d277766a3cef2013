import type { Compiled, Node, Operator, Reader, SqlTarget } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule } from '../json.ts';
import type { Sentence } from '../locale.ts';
import { whenNoneIsEmpty } from '../portable.ts';
import { operandsOnce } from '../sql.ts';
import { joinWords, sayOperand } from '../text.ts';
import { checkAllAs } from './comparing.ts';

/** A question about a text and a part of it; neither is empty. */
export interface TextTest {
  /** Which operand is the text, which the part. */
  readonly order: 'text, part' | 'part, text';
  holds(text: string, part: string): boolean;
  /** The same as a Postgres expression; both are expressions under COLLATE "C". */
  sql(text: string, part: string): string;
  /** The same in JSON-logic, of the operands as they stand in the rule. */
  portable(operands: readonly Rule[]): Rule;
  /** Words before and behind the part. */
  readonly words: { readonly before: Sentence; readonly behind: Sentence };
  readonly negated: { readonly before: Sentence; readonly behind: Sentence };
}

function textAndPart<Each>({ order }: TextTest, [first, second]: readonly Each[]): readonly [text: Each, part: Each] {
  return order === 'text, part' ? [first!, second!] : [second!, first!];
}

/** The faces that all tests of texts share. */
export function textFaces(test: TextTest): Pick<Operator, 'check' | 'js' | 'sql' | 'portable'> & {
  say(operands: readonly Node[], reader: Reader, negated: boolean): string;
} {
  return {
    check: (operands, scope) => checkAllAs('TEXT', operands, scope),
    js: (operands) => toJs(test, operands),
    sql: (operands, target) => toSql(test, operands, target),
    portable: (operands) => whenNoneIsEmpty(operands, (rules) => test.portable(rules)),
    say(operands, reader, negated) {
      const [text, part] = textAndPart(test, operands);
      const { before, behind } = negated ? test.negated : test.words;
      const words = [sayOperand(text, reader), before[reader.locale], sayOperand(part, reader), behind[reader.locale]];
      return joinWords(
        words.filter((word) => word !== ''),
        reader,
      );
    },
  };
}

function toJs(test: TextTest, operands: readonly Node[]): Compiled {
  const [text, part] = textAndPart(test, operands.map(compileNode));
  return (row, moment) => {
    const [whole, piece] = [text(row, moment), part(row, moment)];
    return typeof whole === 'string' && typeof piece === 'string' && test.holds(whole, piece);
  };
}

function toSql(test: TextTest, operands: readonly Node[], target: SqlTarget): string {
  return operandsOnce(operands, target, (expressions) => {
    const [text, part] = textAndPart(
      test,
      expressions.map((expression) => `(${expression} COLLATE "C")`),
    );
    return `((${test.sql(text, part)}) IS TRUE)`;
  });
}
