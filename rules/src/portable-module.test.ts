import jsonLogic from 'json-logic-js';
import { expect, test } from 'vitest';
import { suiteCatalogue, suiteMoment, suites } from '../suites/index.ts';
import { checkRule, type Row } from './index.ts';
import { portableOperations, portableRow, ruleToPortable, type BesidesFields } from './portable-module.ts';

for (const [name, operation] of Object.entries(portableOperations(suiteMoment)))
  jsonLogic.add_operation(name, operation);

function rowOf({ events, segments, ...values }: Row): Row {
  return portableRow(values, suiteCatalogue, { events, segments } as unknown as BesidesFields);
}

test.each(Object.entries(suites))('unmodified json-logic-js answers the suite %s on portable rows', (_name, cases) => {
  for (const { rule, rows } of cases) {
    const outcome = checkRule(rule, suiteCatalogue);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const portable = ruleToPortable(outcome.value) as jsonLogic.RulesLogic;
    const answers = rows.map(([row]): unknown => jsonLogic.apply(portable, rowOf(row)));
    expect({ rule, answers }).toEqual({ rule, answers: rows.map(([, verdict]) => verdict) });
  }
});

test('a portable row has every field, and lists for what customers did and are in', () => {
  const row = portableRow({ city: '上海', gone: 1 }, suiteCatalogue);
  expect(Object.keys(row).toSorted()).toEqual([...suiteCatalogue.fields.keys(), 'events', 'segments'].toSorted());
  expect(row).toMatchObject({ city: '上海', tenure: null, events: {}, segments: [] });
});
