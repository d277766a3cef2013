import { regionTree } from '@kequn/rules/regions';
import { describe, expect, it } from 'vitest';
import { provinceTiles, shadeOf, tileBeside, tileColumns, tileRows, type ProvinceTile } from './province-tiles.ts';

const directions = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;

describe('the tiles of the map', () => {
  it('are every division of the first level, each once and in a place of its own', () => {
    expect(provinceTiles.map(({ code }) => code).toSorted()).toEqual(regionTree.map(({ code }) => code).toSorted());
    for (const named of ['zh', 'en', 'name'] as const)
      expect(new Set(provinceTiles.map((tile) => tile[named])).size).toBe(provinceTiles.length);
    const places = provinceTiles.map(({ column, row }) => `${column} ${row}`);
    expect(new Set(places).size).toBe(provinceTiles.length);
    expect(provinceTiles.every(({ column, row }) => column < tileColumns && row < tileRows)).toBe(true);
  });

  it('are each reached from any other by arrow keys', () => {
    for (const start of provinceTiles) {
      const reached = new Set<ProvinceTile>([start]);
      for (const tile of reached) directions.forEach((direction) => reached.add(tileBeside(tile, direction)));
      expect(reached.size).toBe(provinceTiles.length);
    }
  });

  it('are left where there is none on that side', () => {
    const [north] = provinceTiles;
    expect([tileBeside(north!, 'ArrowUp'), tileBeside(north!, 'ArrowRight')]).toEqual([north, north]);
  });

  it('are the darker the more there are, and tell nothing from little', () => {
    expect([0, 1, 25, 26, 75, 100].map((count) => shadeOf(count, 100))).toEqual([0, 1, 1, 2, 3, 4]);
  });
});
