import { catalogueOf, type FieldType, type FormCatalogue, type Json } from '@kequn/rules';
import { describe, expect, it } from 'vitest';
import { toDraft } from './form-draft.ts';
import { matchable, matchedByDefault, settingProblems, withSetting } from './public-settings.ts';
import { qrCode, qrSvg } from './qr-code.ts';

function field(key: string, type: FieldType, unique = false) {
  const rest = { labels: {}, options: [], validation: {}, required: false, archived: false };
  return { key, type, unique, label: key, ...rest };
}

const catalogue: FormCatalogue = {
  ...catalogueOf([
    field('name', 'TEXT'),
    field('card', 'TEXT', true),
    field('mail', 'EMAIL'),
    field('age', 'NUMBER'),
    field('away', 'PHONE'),
  ]),
  formulas: new Map(),
};

function sheet(settings: Readonly<Record<string, Json>> = {}) {
  let made = 0;
  const items = ['name', 'age', 'mail', 'card'].map((key) => ({ field: key }));
  return {
    settings,
    draft: toDraft({ pages: [{ sections: [{ columns: [{ items }] }] }] }, () => `${(made += 1)}`),
  };
}

describe('public settings', () => {
  it('customers are found by texts, e-mails and phones of the form; by default by those that are unique or a way to reach them', () => {
    expect(matchable(sheet(), catalogue)).toEqual(['name', 'mail', 'card']);
    expect(matchedByDefault(sheet(), catalogue)).toEqual(['mail', 'card']);
  });

  it.each<[string, Readonly<Record<string, Json>>, readonly object[]]>([
    ['nothing set', {}, []],
    ['all as it should be', { opensAt: '2026-01-01T00:00:00.000Z', limit: 5, matchOn: ['mail'] }, []],
    [
      'a close at its opening',
      { opensAt: '2026-01-01T00:00:00.000Z', closesAt: '2026-01-01T00:00:00.000Z' },
      [{ setting: 'closesAt' }],
    ],
    ['no answers', { limit: 0 }, [{ setting: 'limit' }]],
    ['part of an answer', { perPerson: 1.5 }, [{ setting: 'perPerson' }]],
    ['a word for a number', { limit: 'many' }, [{ setting: 'limit' }]],
    ['a field that stands elsewhere', { matchOn: ['mail', 'away'] }, [{ setting: 'matchOn', field: 'away' }]],
    ['a field that cannot tell', { matchOn: ['age'] }, [{ setting: 'matchOn', field: 'age' }]],
  ])('%s', (_, settings, expected) => {
    expect(settingProblems(sheet(settings), catalogue)).toEqual(expected);
  });

  it('what is taken away leaves nothing behind, and what stays is the same', () => {
    const settings = { hiddenValues: 'KEEP', limit: 5 };
    expect(withSetting(settings, 'limit', undefined)).toEqual({ hiddenValues: 'KEEP' });
    expect(withSetting(settings, 'limit', 5)).toBe(settings);
    expect(withSetting(settings, 'perPerson', 1)).toEqual({ hiddenValues: 'KEEP', limit: 5, perPerson: 1 });
  });
});

describe('a QR code', () => {
  it('is drawn as runs of dark squares within a quiet border', () => {
    const code = qrCode('https://example.com/f/abc');
    expect(code.size).toBe(25 + 8);
    // The finder at the upper left: seven dark squares.
    expect(code.path.startsWith('M4 4h7v1h-7z')).toBe(true);
    expect(qrSvg(code)).toContain(`viewBox="0 0 33 33"`);
  });
});
