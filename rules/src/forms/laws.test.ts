import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFormCase, suiteFormCatalogue, suiteMoment, type FormCase } from '../../suites/index.ts';
import { answerForm, checkForm, compileForm, fieldItemsOf, type CompiledForm, type Json, type Row } from '../index.ts';
import { checkTools } from '../tools/index.ts';

const numRuns = 500;
const timeout = 60_000;

function compiled({ layout, hiddenValues }: FormCase): CompiledForm {
  const outcome = checkForm(layout, suiteFormCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return compileForm(outcome.value, hiddenValues, checkTools);
}

function answered(form: CompiledForm, entered: Readonly<Record<string, Json>>, stored: Row | null) {
  return answerForm(form, { entered, stored, mayWrite: () => true, moment: suiteMoment });
}

describe('whatever the form and whatever is entered', () => {
  it(
    'nothing is written of a field that it does not place, nor of one that a rule hides, but that it is emptied',
    () => {
      fc.assert(
        fc.property(arbitraryFormCase, (each) => {
          const { changes, items } = answered(compiled(each), each.entered, each.stored);
          const placed = new Set(fieldItemsOf(each.layout).map(({ part }) => part.field));
          for (const [key, value] of changes) {
            expect(placed).toContain(key);
            if (!items.get(key)!.visible) expect([each.hiddenValues, value]).toEqual(['CLEAR', null]);
          }
        }),
        { numRuns },
      );
    },
    timeout,
  );

  it(
    'what was saved and is opened again is the same, and saving it once more changes nothing',
    () => {
      let saved = 0;
      fc.assert(
        fc.property(arbitraryFormCase, (each) => {
          const form = compiled(each);
          const first = answered(form, each.entered, each.stored);
          if (first.problems.length > 0) return;
          saved += 1;
          const nobody = Object.fromEntries([...suiteFormCatalogue.fields.keys()].map((key) => [key, null]));
          const computed = Object.fromEntries(
            [...first.items]
              .filter(([key]) => suiteFormCatalogue.fields.get(key)?.computed)
              .map(([key, { value }]) => [key, value]),
          );
          const stored = { ...(each.stored ?? nobody), ...Object.fromEntries(first.changes), ...computed };
          expect([...answered(form, {}, stored).changes]).toEqual([]);
        }),
        { numRuns },
      );
      expect(saved).toBeGreaterThan(numRuns / 20);
    },
    timeout,
  );
});
