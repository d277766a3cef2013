import type { Json } from '@kequn/rules';
import type { UserInput, UserPartsFragment } from '../api/generated/graphql.ts';
import { parseNumber } from '../field-kit/parse-number.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import { isPasswordLong } from './password.ts';
import { readTexts, writeTexts } from './text-list.ts';

/** What the value of an attribute can be. */
export const attributeTypes = ['TEXT', 'NUMBER', 'BOOLEAN', 'TEXTS'] as const;

/** What the value of an attribute is. */
export type AttributeType = (typeof attributeTypes)[number];

/** An attribute of a user while it is edited. */
export interface AttributeDraft {
  /** Stays the same while everything else is typed anew. */
  readonly id: string;
  readonly key: string;
  readonly type: AttributeType;
  /** As typed; of yes and no nothing. */
  readonly text: string;
  readonly yes: boolean;
}

/** A user while invited or changed. */
export interface UserDraft {
  /** Null until invited. */
  readonly id: string | null;
  readonly email: string;
  readonly name: string;
  /** Empty: stays what it is. */
  readonly password: string;
  readonly active: boolean;
  readonly roleIds: readonly string[];
  readonly attributes: readonly AttributeDraft[];
}

/** A user as the server tells them. */
export type UserParts = UserPartsFragment;

/** What is wrong with a draft, by place, as the server names places. */
export type UserIssues = Readonly<Record<string, readonly string[]>>;

/** Somebody who is to be invited. */
export const newUserDraft: UserDraft = {
  id: null,
  email: '',
  name: '',
  password: '',
  active: true,
  roleIds: [],
  attributes: [],
};

/** A user who is to be changed. */
export function userDraftOf({ id, email, name, active, roles, attributes }: UserParts): UserDraft {
  const held = Object.entries((attributes ?? {}) as Readonly<Record<string, Json>>);
  return {
    id,
    email: email ?? '',
    name,
    password: '',
    active,
    roleIds: roles.map((role) => role.id),
    attributes: held.map(([key, value]) => ({ id: key, key, ...written(value) })),
  };
}

function written(value: Json): Pick<AttributeDraft, 'type' | 'text' | 'yes'> {
  if (typeof value === 'boolean') return { type: 'BOOLEAN', text: '', yes: value };
  if (typeof value === 'number') return { type: 'NUMBER', text: String(value), yes: false };
  if (Array.isArray(value)) return { type: 'TEXTS', text: writeTexts(value.map(String)), yes: false };
  return { type: 'TEXT', text: String(value), yes: false };
}

/** The draft with a new, empty attribute at the end. */
export function addAttribute(draft: UserDraft, id: string): UserDraft {
  const added: AttributeDraft = { id, key: '', type: 'TEXT', text: '', yes: false };
  return { ...draft, attributes: [...draft.attributes, added] };
}

/** The draft with one attribute changed. */
export function changeAttribute(draft: UserDraft, id: string, change: Partial<AttributeDraft>): UserDraft {
  return { ...draft, attributes: draft.attributes.map((each) => (each.id === id ? { ...each, ...change } : each)) };
}

/** The draft without one attribute. */
export function removeAttribute(draft: UserDraft, id: string): UserDraft {
  return { ...draft, attributes: draft.attributes.filter((each) => each.id !== id) };
}

/** The draft with a role given, or taken away. */
export function giveRole(draft: UserDraft, roleId: string, given: boolean): UserDraft {
  const others = draft.roleIds.filter((id) => id !== roleId);
  return { ...draft, roleIds: given ? [...others, roleId] : others };
}

/** Everything that is wrong with a draft, as far as it can be known here; attributes by their position, `attributes/0`. */
export function checkUserDraft(draft: UserDraft, messages: Messages): UserIssues {
  const { emailMissing, passwordMissing, passwordLength } = messages.session;
  const isNew = draft.id === null;
  const faults: readonly (readonly [place: string, isWrong: boolean, message: string])[] = [
    ['email', draft.email.trim() === '', emailMissing],
    ['name', draft.name.trim() === '', messages.users.nameMissing],
    ['password', isNew && draft.password === '', passwordMissing],
    ['password', draft.password !== '' && !isPasswordLong(draft.password), passwordLength],
    ...draft.attributes.flatMap((each, index) => attributeFaults(each, index, draft, messages.users)),
  ];
  const issues: Record<string, string[]> = {};
  for (const [place, isWrong, message] of faults) if (isWrong) (issues[place] ??= []).push(message);
  return issues;
}

function attributeFaults(
  { key, type, text }: AttributeDraft,
  index: number,
  { attributes }: UserDraft,
  words: Messages['users'],
): readonly (readonly [place: string, isWrong: boolean, message: string])[] {
  const place = `attributes/${index}`;
  const isTwice = attributes.slice(0, index).some((earlier) => earlier.key === key);
  return [
    [place, !/^[a-z][a-z0-9_]{0,40}$/.test(key) || key === 'id', words.attributeKeyInvalid],
    [place, key !== '' && isTwice, words.attributeKeyTaken],
    [place, type === 'NUMBER' && typeof parseNumber(text) !== 'number', words.attributeNumberInvalid],
  ];
}

/** A draft in which nothing is wrong, as it is sent. */
export function userInputOf({ id, email, name, password, active, roleIds, attributes }: UserDraft): UserInput {
  return {
    ...(id !== null && { id }),
    email: email.trim(),
    name: name.trim(),
    ...(password !== '' && { password }),
    active,
    roleIds: [...roleIds],
    attributes: Object.fromEntries(attributes.map((each) => [each.key, valueOf(each)])),
  };
}

function valueOf({ type, text, yes }: AttributeDraft): Json {
  if (type === 'BOOLEAN') return yes;
  if (type === 'NUMBER') return parseNumber(text);
  return type === 'TEXTS' ? [...readTexts(text)] : text;
}
