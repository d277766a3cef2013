import { isDeepStrictEqual } from 'node:util';
import type { FieldDefinition, Value } from '@kequn/rules';
import type { Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Customer } from '../customers/customer.ts';
import { customerView } from '../customers/show-customer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { rightsOnRow, selectCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { answeredVersions } from './answered-versions.ts';
import type { StoredAnswer, Submission } from './submission.ts';
import { isUsualMatch } from './visible-answers.ts';

/**
 * Of each of these answers that waits, the customers whom it may be of and whom the viewer sees: told by a field that the viewer reads on that
 * customer, and in which customer and answer agree to this day.
 */
export async function matchesOf(
  ctx: Context,
  answers: readonly Submission[],
): Promise<readonly (readonly Customer[])[]> {
  return read(ctx, async (tx) => {
    const waiting = answers.map(({ stored }) => stored).filter(({ status }) => status === 'REVIEW');
    const ids = [...new Set(waiting.flatMap(({ matches }) => matches))];
    const rows = ids.length === 0 ? [] : await selectCustomers(tx, { ids }, ids.length);
    const keysOf = await matchedKeys(tx, waiting);
    const rightsOn = await rightsOnRow(tx);
    const view = await customerView(tx, 'list');
    const isTold = (answer: StoredAnswer, row: CustomerRow) =>
      answer.matches.includes(row.id) && agrees(answer, row, keysOf(answer), rightsOn(row));
    return answers.map(({ stored }) => {
      if (stored.status !== 'REVIEW') return [];
      return rows.filter((row) => isTold(stored, row)).map(view);
    });
  });
}

function agrees({ values }: StoredAnswer, row: CustomerRow, keys: readonly string[], rights: Rights): boolean {
  return keys.some((key) => rights.may(key, 'filter') && isDeepStrictEqual(values[key], row.values[key]));
}

/** The keys of the fields that answers of these were matched by: those that the form names, or the usual ones, that were filled in. */
export async function matchedKeys(
  tx: Transactional<Context>,
  answers: readonly StoredAnswer[],
): Promise<(answer: StoredAnswer) => readonly string[]> {
  const { fields } = await kept(tx, fieldCatalogue);
  const versionOf = await answeredVersions(tx, answers);
  return (answer) => {
    const { matchOn } = versionOf(answer).settings;
    return fields
      .filter((field) => isAsked(field, matchOn) && isFilled(answer.values[field.key]))
      .map(({ key }) => key);
  };
}

function isAsked(field: FieldDefinition, named: readonly string[] | undefined): boolean {
  return named ? named.includes(field.key) : isUsualMatch(field);
}

function isFilled(value: Value | undefined): boolean {
  return value !== undefined && value !== null;
}
