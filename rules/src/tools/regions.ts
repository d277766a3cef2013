import { regionData } from 'element-china-area-data';

/** One division of China; the names are as the package of divisions gives them. */
export interface Region {
  /** Six digits, GB/T 2260, padded with zeros. */
  readonly code: string;
  readonly name: string;
  readonly children: readonly Region[];
}

type Division = (typeof regionData)[number];

/** Divisions that the package does not have. */
const added: readonly Region[] = [
  { code: '710000', name: '台湾省', children: [] },
  { code: '810000', name: '香港特别行政区', children: [] },
  { code: '820000', name: '澳门特别行政区', children: [] },
];

/** Stands between a province and its counties where there is no city: a level without a name of its own. */
const unnamed = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);

/** Below a city without districts the package lists townships, by nine digits: such a city ends the tree. */
function toRegion({ value, label, children = [] }: Division): Region {
  const divisions = children.filter((child) => child.value.length <= 6);
  return { code: value.padEnd(6, '0'), name: label, children: divisions.map(toRegion) };
}

/** Provinces with their cities with their districts. */
export const regionTree: readonly Region[] = withAdded(regionData.map(toRegion));

function withAdded(provinces: readonly Region[]): readonly Region[] {
  const known = new Set(provinces.map(({ code }) => code));
  return [...provinces, ...added.filter(({ code }) => !known.has(code))];
}

function* namesBelow(regions: readonly Region[], above: string): Generator<readonly [string, string]> {
  for (const { code, name, children } of regions) {
    const full = above.endsWith(name) || (unnamed.has(name) && children.length > 0) ? above : `${above}${name}`;
    yield [code, full];
    yield* namesBelow(children, full);
  }
}

/** The full name of every division by its code, such as 广东省深圳市南山区. */
export const regions: ReadonlyMap<string, string> = new Map(namesBelow(regionTree, ''));
