import { checkTools } from '@kequn/rules/tools';
import { describe, expect, it } from 'vitest';
import { addOption, changeOption, pasteOptions } from '../field-kit/options.ts';
import { zhCN } from '../i18n/zh-CN.ts';
import {
  changeFieldDraft,
  checkFieldDraft,
  fieldDraftOf,
  fieldInputOf,
  newFieldDraft,
  type FieldDraft,
} from './field-draft.ts';

const taken = new Set(['name']);

function change(draft: FieldDraft, part: Partial<FieldDraft>): FieldDraft {
  return changeFieldDraft(draft, part, taken);
}

function issues(draft: FieldDraft): string[] {
  return Object.keys(checkFieldDraft(draft, taken, zhCN, 'zh-CN', checkTools));
}

describe('the key of a new field', () => {
  it.each([
    [{ labelEn: 'Total spent (CNY)' }, 'total_spent_cny'],
    [{ labelEn: 'Name' }, 'name_2'],
    [{ labelEn: '2nd phone' }, 'nd_phone'],
    [{ labelEn: 'Événement' }, 'evenement'],
    [{ labelZh: 'VIP 等级' }, 'vip'],
    [{ labelZh: '城市' }, 'field'],
    [{ labelEn: 'Id' }, 'id_field'],
    [{ labelEn: ' ' }, ''],
  ])('follows %j: %s', (part, key) => {
    expect(change(newFieldDraft(), part).key).toBe(key);
  });

  it('stays once it was typed', () => {
    const typed = change(newFieldDraft(), { key: 'own', keyIsOwn: true });
    expect(change(typed, { labelEn: 'Other' }).key).toBe('own');
  });
});

describe('checking a field', () => {
  it('names everything that is missing at once', () => {
    expect(issues(newFieldDraft())).toEqual(['label', 'key', 'type']);
  });

  it('refuses keys that are taken and limits that cross', () => {
    const settings = { validation: { min: 5, max: 1 }, options: [] };
    const draft = {
      ...newFieldDraft(),
      labelZh: '年龄',
      key: 'name',
      keyIsOwn: true,
      type: 'NUMBER',
      settings,
    } as const;
    expect(issues(draft)).toEqual(['key', 'validation/max']);
  });

  it('asks for options, each with a name and a key of its own', () => {
    let options = changeOption(addOption([], 'a'), 'a', { labelEn: 'Beijing' });
    options = changeOption(addOption(options, 'b'), 'b', { key: 'beijing', keyIsOwn: true });
    const draft: FieldDraft = {
      ...newFieldDraft(),
      labelZh: '城市',
      key: 'city',
      type: 'SELECT',
      settings: { validation: {}, options },
    };
    expect(issues(draft)).toEqual(['options/1/label', 'options/1/key']);
    expect(issues({ ...draft, settings: { validation: {}, options: [] } })).toEqual(['options']);
  });

  it('forgets the limits of another type', () => {
    const draft = change(
      { ...newFieldDraft(), type: 'NUMBER', settings: { validation: { min: 1 }, options: [] } },
      { type: 'TEXT' },
    );
    expect(draft.settings.validation).toEqual({});
  });
});

describe('options', () => {
  const two = addOption(addOption([], 'a'), 'b');

  const beijing = changeOption(addOption([], 'a'), 'a', { labelZh: '北京', labelEn: 'Beijing' });

  it('are taken from text, one a line, without those that are there', () => {
    const text = '北京\r\n上海\tShanghai\n\n  广州 \n上海\nShanghai\n\tAbroad\n';
    const { options, added, skipped } = pasteOptions(beijing, text, 'zh-CN');
    expect(options.map(({ labelZh, labelEn }) => [labelZh, labelEn])).toEqual([
      ['北京', 'Beijing'],
      ['上海', 'Shanghai'],
      ['广州', ''],
      ['', 'Abroad'],
    ]);
    expect({ added, skipped }).toEqual({ added: 3, skipped: 3 });
    expect(new Set(options.map(({ key }) => key)).size).toBe(4);
  });

  it('are in the language of the reader where there is one column', () => {
    const { options, added, skipped } = pasteOptions(beijing, 'Beijing\nShanghai', 'en');
    expect(options.map(({ labelZh, labelEn, key }) => [labelZh, labelEn, key])).toEqual([
      ['北京', 'Beijing', 'beijing'],
      ['', 'Shanghai', 'shanghai'],
    ]);
    expect({ added, skipped }).toEqual({ added: 1, skipped: 1 });
  });

  it('get keys that differ', () => {
    const named = changeOption(changeOption(two, 'a', { labelZh: '北京' }), 'b', { labelZh: '上海' });
    expect(new Set(named.map(({ key }) => key)).size).toBe(2);
  });
});

describe('sending a field', () => {
  const rule = { '>=': [{ var: 'age' }, 18] };
  const message = { en: 'Grown-ups only' };

  it.each([
    [
      { rule, message },
      { rule, message },
    ],
    [
      { pattern: '^a', message },
      { pattern: '^a', message },
    ],
    [{ maxLength: 9, message }, { maxLength: 9 }],
  ])('of %j sends %j', (validation, sent) => {
    const draft: FieldDraft = { ...newFieldDraft(), type: 'TEXT', settings: { validation, options: [] } };
    expect(fieldInputOf(draft).validation).toEqual(sent);
  });

  it('leaves out what cannot change, and languages without a name', () => {
    const field = {
      key: 'city',
      type: 'TEXT',
      label: '城市',
      labels: { 'zh-CN': '城市' },
      options: [],
      validation: { maxLength: 9 },
      required: true,
      unique: true,
      sensitive: false,
      archived: false,
      version: 3,
      help: '',
      system: false,
      writable: true,
      readable: true,
      formula: null,
      released: false,
      job: null,
    } as const;
    expect(fieldInputOf(fieldDraftOf(field))).toEqual({
      label: '城市',
      labels: { 'zh-CN': '城市' },
      help: null,
      required: true,
      unique: true,
      sensitive: false,
      validation: { maxLength: 9 },
    });
  });
});
