import { labelOf, type FieldDefinition, type Labelled, type Locale } from '@kequn/rules';
import { regionTree } from '@kequn/rules/regions';
import type { Called } from './paste-ticks.ts';

/** One of the values by which it is decided which options of another field are offered. */
export interface DecidingValue extends Called {
  readonly label: string;
}

/** The values of a field that may decide, in their order: its options that are not retired, provinces, or yes and no by these words. */
export function decidingValues(
  { type, options }: FieldDefinition,
  locale: Locale,
  words: { readonly yes: string; readonly no: string },
): readonly DecidingValue[] {
  if (type === 'BOOLEAN') return [answer('true', words.yes), answer('false', words.no)];
  if (type === 'REGION')
    return regionTree.map(({ code, name }) => ({ key: code, label: name, names: shortNames(name) }));
  return calledOptions(options, locale);
}

/** Options that are not retired, with every name by which they may be called. */
export function calledOptions(options: FieldDefinition['options'], locale: Locale): readonly DecidingValue[] {
  return options
    .filter(({ archived }) => !archived)
    .map((option) => ({ key: option.key, label: labelOf(option, locale), names: [...namesOf(option), option.key] }));
}

function namesOf({ label, labels }: Labelled): readonly string[] {
  return [label, ...Object.values(labels)];
}

function answer(key: string, label: string): DecidingValue {
  return { key, label, names: [label, key] };
}

/** Provinces are told apart by their first two characters, and some are called by three. */
function shortNames(name: string): readonly string[] {
  return [name, name.slice(0, 2), name.slice(0, 3)];
}
