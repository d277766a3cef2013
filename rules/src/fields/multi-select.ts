import { sentence } from '../locale.ts';
import { compareText } from '../types/text.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';
import { nameOf, optionsNamed } from './option-text.ts';

/** Options that one value may hold at the most. */
const mostOptions = 200;

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

/** Several options of the field's set: keys sorted by code point, none twice; an empty list is empty. */
export const multiSelect: FieldTypeDefinition = {
  name: 'MULTI_SELECT',
  label: sentence('多选', 'Multiple choice'),
  valueType: 'OPTIONS',
  column: 'text[] COLLATE "C"',
  canBeUnique: false,
  searchable: false,
  mask: () => hidden,
  settings: {},
  accept(raw, { options }) {
    if (!Array.isArray(raw) || !raw.every((key) => typeof key === 'string')) {
      return refuse('WRONG_TYPE', sentence('请选择选项', 'Options are expected'));
    }
    if (raw.length > mostOptions) {
      return refuse('TOO_LONG', sentence(`最多 ${mostOptions} 项`, `At most ${mostOptions} options`));
    }
    const known = new Set(options.map(({ key }) => key));
    if (!raw.every((key) => known.has(key))) {
      return refuse('NOT_AN_OPTION', sentence('其中有不存在的选项', 'Holds something that is no option'));
    }
    return accepted(raw.length === 0 ? null : [...new Set(raw)].toSorted(compareText));
  },
  toText(value, field) {
    const keys = value as readonly string[];
    const names = keys.map((key) => nameOf(key, field));
    const isSaid = (text: string) => isSame(optionsNamed(text, field) ?? [], keys);
    // A name may hold what stands between names; a key never does.
    return [names.every((name) => name !== undefined) ? names.join('、') : '', keys.join('、')].find(isSaid);
  },
  fromText: optionsNamed,
};
