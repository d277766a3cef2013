import type { Json } from '@kequn/rules';

/** One part of something that was changed. */
export interface ChangedPart {
  /** Where it stands in what was changed, such as `['validation', 'min']`. */
  readonly place: readonly string[];
  /** Undefined where it is told without what was before. */
  readonly from?: Json | undefined;
  readonly to: Json | undefined;
}

type Held = Readonly<Record<string, Json>>;

/** Settings that hold settings: what changed in them is told one by one. */
const nested: ReadonlySet<string> = new Set(['labels', 'validation', 'attributes', 'properties', 'settings']);

/** What changed, part by part; undefined where the viewer may not know it. */
export function changedParts(action: string, changes: Json): readonly ChangedPart[] | undefined {
  if (!isHeld(changes)) return [];
  if (changes['restricted'] === true) return undefined;
  if (action.startsWith('customer.')) return Object.entries(changes).flatMap(([key, change]) => valuePart(key, change));
  // Of what is new there may be no word of what was before.
  const isMove = isHeld(changes['to']) || isHeld(changes['from']);
  const { from, to, ...others } = changes;
  const told = Object.entries(isMove ? others : changes).map(([key, value]) => ({ place: [key], to: value }));
  return isMove ? [...settingParts(from, to), ...told] : told.filter(({ to: value }) => !isEmpty(value));
}

function valuePart(key: string, change: Json): readonly ChangedPart[] {
  if (!isHeld(change)) return [];
  return [{ place: [key], from: change['from'] ?? null, to: change['to'] ?? null }];
}

/** What is not the same before and after; of what is new, or gone, everything that was said of it. */
function settingParts(from: Json | undefined, to: Json | undefined, at: readonly string[] = []): ChangedPart[] {
  const [was, is] = [isHeld(from) ? from : {}, isHeld(to) ? to : {}];
  const isWhole = isHeld(from) !== isHeld(to);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key): ChangedPart[] => {
    const place = [...at, key];
    const [before, after] = [was[key], is[key]];
    if (nested.has(key) && (isHeld(before) || isHeld(after))) return settingParts(before, after, place);
    if (JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return [];
    const saysNothing = [before, after].every((value) => isEmpty(value) || (isWhole && value === false));
    if (saysNothing) return [];
    return [{ place, from: isHeld(from) || !isHeld(to) ? (before ?? null) : undefined, to: after ?? null }];
  });
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isHeld(value: Json | undefined): value is Held {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
