/** A province as a tile of the map: its code, its place by column and row from 0, and what it is called where there is little room. */
export interface ProvinceTile {
  readonly code: string;
  readonly column: number;
  readonly row: number;
  readonly zh: string;
  /** ISO 3166-2:CN. */
  readonly en: string;
  /** Its whole name in English; in Chinese the table of divisions has it. */
  readonly name: string;
}

/** How many columns and rows the tiles stand in. */
export const tileColumns = 8;
export const tileRows = 8;

/** The 34 divisions of the first level where they customarily stand in maps of equal tiles: beside whom they border on as far as that goes. */
export const provinceTiles: readonly ProvinceTile[] = [
  tile('230000', [7, 0], '黑', 'HL', 'Heilongjiang'),
  tile('150000', [4, 1], '蒙', 'NM', 'Inner Mongolia'),
  tile('220000', [7, 1], '吉', 'JL', 'Jilin'),
  tile('650000', [0, 2], '新', 'XJ', 'Xinjiang'),
  tile('620000', [2, 2], '甘', 'GS', 'Gansu'),
  tile('640000', [3, 2], '宁', 'NX', 'Ningxia'),
  tile('110000', [5, 2], '京', 'BJ', 'Beijing'),
  tile('120000', [6, 2], '津', 'TJ', 'Tianjin'),
  tile('210000', [7, 2], '辽', 'LN', 'Liaoning'),
  tile('630000', [1, 3], '青', 'QH', 'Qinghai'),
  tile('610000', [3, 3], '陕', 'SN', 'Shaanxi'),
  tile('140000', [4, 3], '晋', 'SX', 'Shanxi'),
  tile('130000', [5, 3], '冀', 'HE', 'Hebei'),
  tile('370000', [6, 3], '鲁', 'SD', 'Shandong'),
  tile('540000', [0, 4], '藏', 'XZ', 'Tibet'),
  tile('510000', [1, 4], '川', 'SC', 'Sichuan'),
  tile('500000', [2, 4], '渝', 'CQ', 'Chongqing'),
  tile('420000', [3, 4], '鄂', 'HB', 'Hubei'),
  tile('410000', [4, 4], '豫', 'HA', 'Henan'),
  tile('340000', [5, 4], '皖', 'AH', 'Anhui'),
  tile('320000', [6, 4], '苏', 'JS', 'Jiangsu'),
  tile('310000', [7, 4], '沪', 'SH', 'Shanghai'),
  tile('530000', [1, 5], '滇', 'YN', 'Yunnan'),
  tile('520000', [2, 5], '黔', 'GZ', 'Guizhou'),
  tile('430000', [3, 5], '湘', 'HN', 'Hunan'),
  tile('360000', [4, 5], '赣', 'JX', 'Jiangxi'),
  tile('330000', [5, 5], '浙', 'ZJ', 'Zhejiang'),
  tile('450000', [2, 6], '桂', 'GX', 'Guangxi'),
  tile('440000', [3, 6], '粤', 'GD', 'Guangdong'),
  tile('350000', [4, 6], '闽', 'FJ', 'Fujian'),
  tile('710000', [6, 6], '台', 'TW', 'Taiwan'),
  tile('460000', [2, 7], '琼', 'HI', 'Hainan'),
  tile('820000', [3, 7], '澳', 'MO', 'Macao'),
  tile('810000', [4, 7], '港', 'HK', 'Hong Kong'),
];

function tile(
  code: string,
  [column, row]: readonly [number, number],
  zh: string,
  ...[en, name]: readonly [string, string]
): ProvinceTile {
  return { code, column, row, zh, en, name };
}

/** Where an arrow key leads. */
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const steps: Readonly<Record<Direction, readonly [column: number, row: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The tile that an arrow key leads to from another: the nearest in its direction, and rather straight than aside; itself at the edge. */
export function tileBeside(from: ProvinceTile, direction: Direction): ProvinceTile {
  const [column, row] = steps[direction];
  const ahead = (to: ProvinceTile) => (to.column - from.column) * column + (to.row - from.row) * row;
  const aside = (to: ProvinceTile) =>
    Math.abs((to.column - from.column) * row) + Math.abs((to.row - from.row) * column);
  const cost = (to: ProvinceTile) => ahead(to) + 2 * aside(to);
  const reached = provinceTiles.filter((to) => ahead(to) > 0 && (row === 0 ? aside(to) === 0 : true));
  return reached.toSorted((a, b) => cost(a) - cost(b))[0] ?? from;
}

/** Shades of the map beside that of nothing. */
export const tileShades = 4;

/** Which shade a count has, from 0, that of nothing, in steps of one size up to the greatest. */
export function shadeOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.min(tileShades, Math.ceil((count / most) * tileShades));
}
