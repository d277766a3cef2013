import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkForm, compileForm, type CompiledForm, type Json } from '@kequn/rules';
import {
  arbitraryFormCase,
  suiteFields,
  suiteFormCatalogue,
  suiteMoment,
  suiteUsers,
  type FormCase,
} from '@kequn/rules/suites';
import { checkTools } from '@kequn/rules/tools';
import { Rights } from '../../server/src/access/gate.ts';
import { Role } from '../../server/src/access/role.ts';
import { checkFormSubmission } from '../../server/src/customers/check-form-submission.ts';
import { Field } from '../../server/src/fields/field.ts';
import { loadCheckTools } from '../../web/src/field-kit/check-tools.ts';
import { useFormFill, type FilledForm } from '../../web/src/forms/use-form-fill.ts';

const pairs = process.env['FULL_PROOFS'] === '1' ? 20_000 : 2_000;

beforeAll(async () => {
  await loadCheckTools();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(suiteMoment.now) });
});
afterAll(() => vi.useRealTimers());

const total = suiteFormCatalogue.fields.get('total')!;
const fields = [...suiteFields, total].map((field) => Object.assign(new Field(), field, { computed: field === total }));
const everything = Object.assign(new Role(), { id: 'r', capabilities: [], defaultAccess: 'WRITE', rowScope: null });
const reading = new Map([['total', { computed: true, released: false, reads: ['charges', 'tenure'] }]]);
const context = {
  catalogue: {
    fields,
    byKey: new Map(fields.map((field) => [field.key, field])),
    formulas: { levels: [], broken: [] },
    rules: suiteFormCatalogue,
  },
  rights: new Rights([{ role: everything, entries: new Map(), shares: new Map() }], reading),
  activeUsers: new Set(suiteUsers.keys()),
};

/** What every customer has beside the values of fields. */
const system = { created_at: suiteMoment.now, updated_at: suiteMoment.now, owner: null };

/** What the page would send, undefined while it finds something wrong; and what it finds. */
async function inBrowser({
  layout,
  hiddenValues,
  entered,
  ...of
}: FormCase): Promise<{ filled: FilledForm | undefined; wrong: string[] }> {
  const stored = of.stored && { ...of.stored, ...system };
  const fill = useFormFill(() => ({
    layout,
    catalogue: suiteFormCatalogue,
    hiddenValues,
    stored,
    mayWrite: () => true,
    entered,
  }));
  const filled = await fill.finish();
  return { filled, wrong: Object.keys(fill.issues.value).toSorted() };
}

function compiled({ layout, hiddenValues }: FormCase): CompiledForm {
  const outcome = checkForm(layout, suiteFormCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return compileForm(outcome.value, hiddenValues, checkTools);
}

/** What the server makes of values that are sent. */
function onServer(each: FormCase, values: Readonly<Record<string, Json>>) {
  const before = each.stored
    ? { id: 'c', version: 1, createdAt: suiteMoment.now, updatedAt: suiteMoment.now, owner: null, values: each.stored }
    : undefined;
  const { changes, problems } = checkFormSubmission(
    values,
    { form: compiled(each), before, moment: suiteMoment },
    { ...context, before: before?.values },
  );
  return { changes: Object.fromEntries(changes), wrong: [...new Set(problems.map(({ path }) => path))].toSorted() };
}

describe('browser and server agree on what a form is', () => {
  it('what the page sends is taken as the page said; what it finds wrong is refused', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryFormCase, async (each) => {
        const { filled, wrong } = await inBrowser(each);
        if (!filled) {
          expect(onServer(each, each.entered).wrong).toEqual(expect.arrayContaining(wrong));
          return;
        }
        taken += 1;
        expect(onServer(each, filled.entered)).toEqual({ changes: filled.changes, wrong: [] });
      }),
      { numRuns: pairs },
    );
    process.stdout.write(
      `${pairs} random forms with entries: ${taken} taken, ${pairs - taken} refused, by browser and server alike\n`,
    );
    expect(Math.min(taken, pairs - taken)).toBeGreaterThan(pairs / 20);
  }, 600_000);
});
