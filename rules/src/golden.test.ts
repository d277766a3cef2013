import { expect, test } from 'vitest';
import golden from '../suites/golden.json' with { type: 'json' };
import { suiteCatalogue, suiteRegions, suiteSegments, suiteUsers } from '../suites/index.ts';
import { checkRule, locales, sayRule, type Rule, type Sentence } from './index.ts';
import { operators } from './operators/index.ts';

const cases = golden as unknown as readonly { readonly rule: Rule; readonly says: Sentence }[];

function says(rule: Rule): unknown {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) return outcome.problems;
  const reader = { users: suiteUsers, regions: suiteRegions, segments: suiteSegments, timeZone: 'Asia/Shanghai' };
  return Object.fromEntries(locales.map((locale) => [locale, sayRule(outcome.value, { ...reader, locale })]));
}

test.each(cases.map((each) => [each.says.en, each] as const))('%s', (_title, each) => {
  expect(says(each.rule)).toEqual(each.says);
});

test('every operation is among them', () => {
  const written = JSON.stringify(cases.map(({ rule }) => rule));
  expect([...operators.keys()].filter((key) => !written.includes(`{"${key}":`))).toEqual([]);
});

test.each(cases.map(({ says: { 'zh-CN': zh } }) => [zh]))('is spaced as Chinese is: %s', (zh) => {
  const outsideOfDates = zh.replaceAll(/\d+年\d+月\d+日/g, '日');
  expect(outsideOfDates).not.toMatch(/ {2}|\p{Script=Han}[-\d]|\d\p{Script=Han}/u);
  expect(zh).not.toMatch(/[「」“”（），、] | [「」“”（），、]|[(),;:] /);
});
