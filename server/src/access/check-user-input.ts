import {
  checkValue,
  hasForbiddenCharacter,
  isFieldKey,
  sentence,
  type FieldDefinition,
  type Json,
  type Problem,
} from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { labelIn } from '../platform/label-in.ts';
import { limits } from '../platform/limits.ts';
import { passwordProblems } from './password.ts';
import type { User, UserInput } from './user.ts';

/** The parts of a user that are set, checked. */
export type UserSettings = Pick<User, 'email' | 'name' | 'active' | 'attributes'>;

/** An e-mail address is what a field of that type takes. */
const email: FieldDefinition = {
  key: 'email',
  type: 'EMAIL',
  label: '',
  labels: {},
  options: [],
  validation: {},
  required: true,
  unique: true,
  archived: false,
};
const longestText = 200;

/** The settings that an input asks for on top of what the user has, and everything that is wrong with it. */
export function checkUserInput(
  before: User | undefined,
  input: UserInput,
): { settings: UserSettings; problems: Problem[] } {
  const problems: Problem[] = [];
  const settings: UserSettings = {
    email: emailIn(input.email, problems),
    name: labelIn('name', input.name, problems),
    active: input.active ?? before?.active ?? true,
    attributes: attributesIn(input.attributes ?? before?.attributes ?? {}, problems),
  };
  const { password } = input;
  if (password !== undefined && password !== null) problems.push(...passwordProblems('password', password));
  else if (!before)
    problems.push({ path: 'password', code: 'REQUIRED', message: sentence('请设置密码', 'A password is required') });
  return { settings, problems };
}

function emailIn(raw: string, problems: Problem[]): string {
  const checked = checkValue(email, raw, checkTools);
  if (!checked.ok) problems.push(...checked.problems);
  else if (typeof checked.value === 'string') return checked.value;
  else problems.push({ path: 'email', code: 'REQUIRED', message: sentence('请填写邮箱', 'An e-mail is required') });
  return '';
}

/** What `me` can read: texts, numbers, yes or no, and lists of texts. */
function attributesIn(raw: unknown, problems: Problem[]): Record<string, unknown> {
  const isRecord = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const entries = isRecord ? Object.entries(raw as Record<string, Json>) : [];
  if (!isRecord || entries.length > limits.userAttributes)
    problems.push({ path: 'attributes', code: 'INVALID', message: notAttributes });
  const wrong = entries.filter(([key, value]) => !isAttribute(key, value));
  problems.push(...wrong.map(([key]) => ({ path: `attributes/${key}`, code: 'INVALID' as const, message: notAValue })));
  return Object.fromEntries(entries);
}

const notAttributes = sentence(
  `应为属性名与值，最多 ${limits.userAttributes} 项`,
  `Values by name are expected, at most ${limits.userAttributes}`,
);
const notAValue = sentence(
  '属性名以小写字母开头；值为文本、数字、是否，或文本列表',
  'A name begins with a–z; a value is a text, a number, yes or no, or a list of texts',
);

function isAttribute(key: string, value: Json): boolean {
  if (!isFieldKey(key)) return false;
  if (Array.isArray(value)) return value.length <= limits.attributeValues && value.every(isText);
  return isText(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= longestText && !hasForbiddenCharacter(value, 'none');
}
