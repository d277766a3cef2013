/** A key out of a name: its Latin letters and digits, small, with underscores between words; empty where it has none to begin with. */
export function slug(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 41)
    .replace(/_+$/, '');
}

/** The first key of `base`, `base_2`, `base_3` … that is not taken. */
export function freeKey(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const key = `${base.slice(0, 36)}_${number}`;
    if (!taken.has(key)) return key;
  }
}
