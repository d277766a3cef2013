import { describe, expect, test } from 'vitest';
import page from '../../../docs/rule-language.md?raw';
import { fullRow, suiteCatalogue, suiteMoment } from '../../suites/index.ts';
import { checkRule, compileRule } from '../index.ts';
import { operators } from '../operators/index.ts';
import { chapters } from './examples.ts';
import { rulesPage } from './page.ts';

const examples = chapters.flatMap((chapter) => Object.entries(chapter.examples));

test('docs/rule-language.md is what `npm run docs -w rules` makes', () => {
  expect(page).toBe(rulesPage());
});

test('every operation has its place on the page', () => {
  expect(examples.map(([key]) => key).toSorted()).toEqual([...operators.keys()].toSorted());
});

describe.each(examples)('%s', (key, { rule, rows }) => {
  test('stands in its example, which answers what the page says', () => {
    expect(JSON.stringify(rule)).toContain(`{"${key}":`);
    const outcome = checkRule(rule, suiteCatalogue);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const holds = compileRule(outcome.value);
    expect(rows.map(([row]) => holds(fullRow(row), suiteMoment))).toEqual(rows.map(([, verdict]) => verdict));
  });
});
