import { checkValue, type Json } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { fieldCatalogue } from './catalogue.ts';
import { customersWith } from './identities.ts';
import { rightsOnCustomers } from './scoped-customers.ts';

/** A value of a unique field, and the customer for whom it is asked. */
export interface ValueQuestion {
  readonly fieldKey: string;
  readonly value: Json;
  readonly exceptCustomerId?: string | null;
}

/**
 * Whether another customer has this value of a unique field, asked while it is typed. It tells of a value, so it asks for the right to
 * read the field, and tells only of customers on whom the viewer reads it. What cannot be stored is nobody's.
 *
 * @throws {Refused} NOT_FOUND, FIELD_FORBIDDEN.
 */
export async function valueTaken(ctx: Context, question: ValueQuestion): Promise<boolean> {
  return read(ctx, async (tx) => {
    const rights = await rightsOf(tx);
    const field = (await kept(tx, fieldCatalogue)).byKey.get(question.fieldKey);
    if (!field || field.archived || rights.accessTo(field.key) === 'HIDDEN') throw notFound();
    if (!rights.may(field.key, 'filter')) throw refused('FIELD_FORBIDDEN', { fields: [field.key] });
    const checked = checkValue(field, question.value, checkTools);
    if (!field.unique || !checked.ok || checked.value === null) return false;
    const ids = await customersWith(tx.manager, { field, value: checked.value });
    const others = ids.filter((id) => id !== question.exceptCustomerId?.toLowerCase());
    const rightsOn = await rightsOnCustomers(tx, others);
    return others.some((id) => rightsOn(id)?.may(field.key, 'filter') ?? false);
  });
}
