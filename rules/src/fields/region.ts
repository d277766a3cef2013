import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { maskRegion } from './masks.ts';

/** A division of China by its six-digit code, of any level. */
export const region: FieldTypeDefinition = {
  name: 'REGION',
  label: sentence('地区', 'Region'),
  valueType: 'REGION',
  column: 'text COLLATE "C"',
  canBeUnique: true,
  searchable: false,
  mask: maskRegion,
  settings: {},
  accept(raw, _field, { regions }) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请选择地区', 'A region is expected'));
    const value = raw.trim();
    if (value === '') return accepted(null);
    return regions.has(value)
      ? accepted(value)
      : refuse('INVALID', sentence('没有这个地区代码', 'There is no region with this code'));
  },
  toText(value, _field, { regions }) {
    const [code, name] = [String(value), regions.get(String(value))];
    return name !== undefined && codesOf(regions).get(name) === code ? name : code;
  },
  fromText(text, _field, { regions }) {
    const written = text.trim();
    return regions.has(written) ? written : (codesOf(regions).get(written) ?? undefined);
  },
};

const known = new WeakMap<ReadonlyMap<string, string>, ReadonlyMap<string, string | null>>();

/** Codes by full name; null where several divisions are called the same. */
function codesOf(regions: ReadonlyMap<string, string>): ReadonlyMap<string, string | null> {
  const before = known.get(regions);
  if (before) return before;
  const codes = new Map<string, string | null>();
  for (const [code, name] of regions) codes.set(name, codes.has(name) ? null : code);
  known.set(regions, codes);
  return codes;
}
