import { describe, expect, it } from 'vitest';
import { countriesLike, countryList } from './country-list.ts';
import { spellingsOf } from './spellings.ts';

describe('countries to choose from', () => {
  it('begin with China, those entered last and those that are common, each once', () => {
    const codes = countryList('zh-CN', ['FR', 'US']).map(({ code }) => code);
    expect(codes.slice(0, 5)).toEqual(['CN', 'FR', 'US', 'HK', 'MO']);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(200);
  });

  it('are found by name, pinyin, letters and calling code', () => {
    const list = countryList('zh-CN', []);
    const found = (keyword: string): readonly string[] =>
      countriesLike(list, keyword, spellingsOf).map(({ name }) => name);
    expect(found('日本')).toEqual(['日本']);
    expect(found('deguo')).toEqual(['德国']);
    expect(found('yg')).toContain('英国');
    expect(found('gb')).toContain('英国');
    expect(found('+81')).toEqual(['日本']);
    expect(found('886')).toEqual(['台湾']);
  });
});
