import { locales, sentence, type Locale, type Sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { maskPhone } from './masks.ts';
import { asWritten, cleanText } from './text-value.ts';

const countryNames = new Map(locales.map((locale) => [locale, new Intl.DisplayNames(locale, { type: 'region' })]));

function nameOf(country: string, locale: Locale): string {
  return countryNames.get(locale)?.of(country) ?? country;
}

function noNumberOf(country: string | undefined): Sentence {
  if (country === undefined) return sentence('不是有效的电话号码', 'Not a valid phone number');
  return sentence(
    `不是有效的${nameOf(country, 'zh-CN')}电话号码`,
    `Not a valid phone number (${nameOf(country, 'en')})`,
  );
}

/** A phone number: any spelling in, E.164 out; without a calling code it is of the field's country, by default China. */
export const phone: FieldTypeDefinition = {
  name: 'PHONE',
  label: sentence('电话', 'Phone'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: true,
  mask: maskPhone,
  settings: { country: (setting, tools) => typeof setting === 'string' && tools.isPhoneCountry(setting) },
  accept(raw, { validation }, tools) {
    const clean = cleanText(raw, 'one line');
    if (!clean.ok) return clean;
    if (clean.value === '') return accepted(null);
    const value = tools.phone(clean.value, validation.country);
    if (value !== undefined) return accepted(value);
    return refuse('INVALID', noNumberOf(tools.phoneCountry(clean.value, validation.country)));
  },
  ...asWritten,
};
