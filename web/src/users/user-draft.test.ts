import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import {
  addAttribute,
  changeAttribute,
  checkUserDraft,
  giveRole,
  newUserDraft,
  removeAttribute,
  userDraftOf,
  userInputOf,
  type UserDraft,
} from './user-draft.ts';

const li = {
  id: 'u1',
  email: 'li@example.com',
  name: 'Li Wei',
  active: true,
  roles: [{ id: 'r1', name: 'Sales' }],
  attributes: { city: '上海', level: 3, lead: false, cities: ['上海', 'a, b'] },
};

const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/).filter((name) => name !== 'id');
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0);
const value = fc.oneof(fc.string(), number, fc.boolean(), fc.array(fc.string()));
const user = fc.record({
  id: fc.uuid(),
  email: fc.emailAddress(),
  name: fc.string({ minLength: 1 }).map((name) => `${name}.`.trim()),
  active: fc.boolean(),
  roles: fc.uniqueArray(fc.uuid(), { maxLength: 4 }).map((ids) => ids.map((id) => ({ id, name: id }))),
  attributes: fc.dictionary(key, value, { noNullPrototype: true }),
});

describe('a user as a draft', () => {
  it('is sent as it was read', () => {
    fc.assert(
      fc.property(user, (read) => {
        const { roles, ...same } = read;
        expect(userInputOf(userDraftOf(read))).toEqual({ ...same, roleIds: roles.map(({ id }) => id) });
      }),
    );
  });

  it('is the same draft after it was sent', () => {
    fc.assert(
      fc.property(user, (read) => {
        const draft = userDraftOf(read);
        const { roleIds, attributes, ...sent } = userInputOf(draft);
        const saved = {
          ...read,
          ...sent,
          active: sent.active === true,
          roles: roleIds.map((id) => ({ id, name: id })),
        };
        expect(userDraftOf({ ...saved, id: read.id, attributes: attributes ?? {} })).toEqual(draft);
        expect(checkUserDraft(draft, en)).toEqual({});
      }),
    );
  });

  it('sends a password only where one was typed, and no id of somebody new', () => {
    expect(userInputOf(userDraftOf(li))).not.toHaveProperty('password');
    const invited = { ...newUserDraft, email: ' a@b.cn ', name: ' An ', password: ' secret  ' };
    expect(userInputOf(invited)).toEqual({
      email: 'a@b.cn',
      name: 'An',
      password: ' secret  ',
      active: true,
      roleIds: [],
      attributes: {},
    });
  });
});

describe('editing a user', () => {
  it('gives a role once, and takes it away', () => {
    const draft = giveRole(giveRole(userDraftOf(li), 'r2', true), 'r2', true);
    expect(draft.roleIds).toEqual(['r1', 'r2']);
    expect(giveRole(draft, 'r1', false).roleIds).toEqual(['r2']);
  });

  it('adds, changes and removes attributes', () => {
    const added = changeAttribute(addAttribute(userDraftOf(li), 'n1'), 'n1', {
      key: 'quota',
      type: 'NUMBER',
      text: ' １2.5 ',
    });
    expect(userInputOf(added).attributes).toEqual({ ...li.attributes, quota: 12.5 });
    expect(removeAttribute(added, 'n1')).toEqual(userDraftOf(li));
  });
});

describe('checking a user', () => {
  const withAttribute = (part: Partial<UserDraft['attributes'][number]>): UserDraft =>
    changeAttribute(addAttribute(userDraftOf(li), 'n1'), 'n1', { key: 'quota', ...part });

  it.each<[string, UserDraft, string[]]>([
    ['somebody new, of whom nothing is known', newUserDraft, ['email', 'name', 'password']],
    ['a password that is too short', { ...userDraftOf(li), password: 'short' }, ['password']],
    ['an attribute without a name', withAttribute({ key: '' }), ['attributes/4']],
    ['an attribute named like a user’s own', withAttribute({ key: 'id' }), ['attributes/4']],
    ['an attribute named in capitals', withAttribute({ key: 'City' }), ['attributes/4']],
    ['a name that an earlier attribute has', withAttribute({ key: 'city' }), ['attributes/4']],
    ['a number that is none', withAttribute({ type: 'NUMBER', text: 'many' }), ['attributes/4']],
    ['a number that is missing', withAttribute({ type: 'NUMBER' }), ['attributes/4']],
    ['an empty text', withAttribute({ text: '' }), []],
  ])('finds in %s', (_, draft, places) => {
    expect(Object.keys(checkUserDraft(draft, en))).toEqual(places);
  });
});
