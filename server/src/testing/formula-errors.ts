import { checkFormula, compileFormula, momentAt } from '@kequn/rules';
import { storedWorld } from './stored-world.ts';
import type { TestServer } from './test-server.ts';

/**
 * How many stored values are not what their formula computes in JS of the stored customer at an instant: none, of customers who are not due
 * by then. Postgres computes them, so the two back ends are held against each other.
 */
export async function formulaErrors(server: TestServer, at: string): Promise<number> {
  const { fields, catalogue, customers } = await storedWorld(server);
  const moment = momentAt(at, server.database.timeZone);
  let errors = 0;
  for (const { key, formula } of fields.filter((field) => field.computed && !field.archived)) {
    const outcome = checkFormula(formula, catalogue);
    if (!outcome.ok) throw new Error(`The formula of ${key} is none`);
    const compute = compileFormula(outcome.value);
    for (const { row } of customers)
      errors += Number(JSON.stringify(compute(row, moment)) !== JSON.stringify(row[key] ?? null));
  }
  return errors;
}
