import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryLayout, suiteFormCatalogue, suiteMoment, suiteUsers } from '../../suites/index.ts';
import {
  answerForm,
  checkForm,
  checkValidation,
  checkValue,
  compileForm,
  fieldTypes,
  locales,
  type FieldDefinition,
  type FieldType,
} from '../index.ts';
import { checkTools } from '../tools/index.ts';
import { sampleForm, sampleValue, type SampleOrder } from './index.ts';

const types = Object.keys(fieldTypes) as FieldType[];
const options = ['tea', 'art', 'old'].map((key) => ({
  key,
  label: key,
  labels: {},
  color: null,
  archived: key === 'old',
}));
const order = (seed: string, locale: SampleOrder['locale'] = 'en'): SampleOrder => ({
  seed,
  locale,
  today: '2026-03-01',
  users: [...suiteUsers.keys()],
  tools: checkTools,
});
const field = (type: FieldType, parts: Partial<FieldDefinition> = {}): FieldDefinition => ({
  key: 'x',
  type,
  label: 'X',
  labels: {},
  options: type.endsWith('SELECT') ? options : [],
  validation: {},
  required: false,
  unique: false,
  archived: false,
  ...parts,
});

/** Fields of every type with whatever may be asked of their values. */
const arbitraryField = fc
  .record({
    type: fc.constantFrom(...types),
    label: fc.constantFrom('姓名', 'Name', 'Company', '地址', '生日', 'Notes'),
    number: fc.record(
      { min: fc.integer({ min: -50, max: 5 }), max: fc.integer({ min: 6, max: 10 }), decimals: fc.nat(3) },
      { requiredKeys: [] },
    ),
    text: fc.record({ minLength: fc.nat(12), maxLength: fc.integer({ min: 12, max: 40 }) }, { requiredKeys: [] }),
    day: fc.record(
      { min: fc.constant('2027-01-31'), max: fc.constantFrom('2027-01-31', '9999-12-31') },
      { requiredKeys: [] },
    ),
    unique: fc.boolean(),
  })
  .map(({ type, label, number, text, day, unique }) => {
    const asked = Object.entries({ ...text, ...(type === 'DATE' ? day : number) });
    const applying = asked.filter(([name]) => name in fieldTypes[type].settings);
    return field(type, { label, unique, validation: Object.fromEntries(applying) });
  })
  .filter((each) => checkValidation(each.type, each.validation as never, checkTools).ok);

describe('a made-up value', () => {
  it('is one that its field accepts, in normal form, whatever the field asks for', () => {
    fc.assert(
      fc.property(arbitraryField, fc.string(), fc.constantFrom(...locales), (each, seed, locale) => {
        const value = sampleValue(each, order(seed, locale));
        expect(checkValue(each, value as never, checkTools)).toEqual({ ok: true, value });
        if (each.type !== 'FILE') expect(value).not.toBe(null);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same of the same seed, and another of another', () => {
    const made = (seed: string) => types.map((type) => sampleValue(field(type), order(seed)));
    expect(made('a')).toEqual(made('a'));
    expect(made('a')).not.toEqual(made('b'));
  });

  it('is what the field is called, in the language that is asked for', () => {
    const name = field('TEXT', { label: '姓名', key: 'name' });
    expect(sampleValue(name, order('a', 'zh-CN'))).toMatch(/^\p{Script=Han}{2,4}$/u);
    expect(sampleValue(name, order('a'))).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    const born = Number(String(sampleValue(field('DATE', { label: 'Born' }), order('a'))).slice(0, 4));
    expect(born > 1950 && born < 2010).toBe(true);
  });

  it('is no archived option, and nothing where nothing is accepted', () => {
    for (let seed = 0; seed < 50; seed += 1) expect(sampleValue(field('SELECT'), order(String(seed)))).not.toBe('old');
    expect(sampleValue(field('SELECT', { options: [] }), order('a'))).toBe(null);
    expect(sampleValue(field('TEXT', { validation: { pattern: '^never such$' } }), order('a'))).toBe(null);
    expect(sampleValue(field('TEXT', { validation: { pattern: '^[0-9]{6}$' } }), order('a'))).toMatch(/^\d{6}$/);
  });
});

describe('a form filled in with made-up values', () => {
  it('has nothing wrong with what stands in it, whatever its rules', () => {
    fc.assert(
      fc.property(arbitraryLayout, fc.string(), (layout, seed) => {
        const checked = checkForm(layout, suiteFormCatalogue);
        if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
        const form = compileForm(checked.value, 'KEEP', checkTools);
        const about = { stored: null, mayWrite: () => true, moment: suiteMoment };
        const entered = sampleForm(form, order(seed), about);
        const { problems } = answerForm(form, { ...about, entered });
        expect(problems.filter(({ path, code }) => path in entered || code !== 'REQUIRED')).toEqual([]);
        expect(sampleForm(form, order(seed), about)).toEqual(entered);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
