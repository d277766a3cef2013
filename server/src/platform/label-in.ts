import { codePoints, hasForbiddenCharacter, sentence, type Problem } from '@kequn/rules';

/** The longest label, in code points. */
const longestLabel = 200;

/** A label or name brought to normal form; what is wrong with it is added to the problems. */
export function labelIn(path: string, raw: unknown, problems: Problem[]): string {
  const label = typeof raw === 'string' ? raw.normalize('NFC').trim() : '';
  if (label === '') problems.push({ path, code: 'REQUIRED', message: sentence('请填写名称', 'A name is required') });
  if (codePoints(label) > longestLabel) {
    problems.push({
      path,
      code: 'TOO_LONG',
      message: sentence(`最多 ${longestLabel} 个字`, `At most ${longestLabel} characters`),
    });
  }
  if (hasForbiddenCharacter(label, 'none')) problems.push(forbiddenCharacter(path));
  return label;
}

/** That a text holds a character which no text may hold. */
export function forbiddenCharacter(path: string): Problem {
  return {
    path,
    code: 'FORBIDDEN_CHARACTER',
    message: sentence('含有不允许的字符', 'Holds a character that is not allowed'),
  };
}
