import type { FormLayout, Value } from '@kequn/rules';
import type { ReadChannel } from '../access-log/note-reads.ts';
import { sensitiveValues } from '../access-log/sensitive-values.ts';
import type { Rights } from '../access/gate.ts';
import { maskedValue } from '../access/mask.ts';
import type { Context } from '../access/viewer.ts';
import { shownValue } from '../customers/show-customer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { placedKeys } from '../forms/form-catalogue.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { answeredVersions } from './answered-versions.ts';
import { Submission, type StoredAnswer } from './submission.ts';
import { isOfType } from './value-of-type.ts';
import { rightsOnAnswers } from './visible-answers.ts';

/** The fields that an answer may hold values of: those that stand on its version of the form, without the archived ones. */
export type AskedFields = (answer: StoredAnswer) => readonly Field[];

/** Knows what was asked by the versions that these answers are of. */
export async function askedFields(tx: Transactional<Context>, answers: readonly StoredAnswer[]): Promise<AskedFields> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const versionOf = await answeredVersions(tx, answers);
  const known = new Map<FormLayout, readonly Field[]>();
  return (answer) => {
    const { layout } = versionOf(answer);
    const fields = known.get(layout) ?? placedKeys(layout).flatMap((key) => byKey.get(key) ?? []);
    known.set(layout, fields);
    return fields.filter(({ archived }) => !archived);
  };
}

/**
 * Makes what a viewer may see of answers: archived and hidden fields absent, masked ones masked. A question that was not asked is as one that was
 * left empty: what a rule hid would tell of the fields that the rule reads.
 */
export async function answerView(
  tx: Transactional<Context>,
  answers: readonly StoredAnswer[],
  channel: ReadChannel = 'answer',
): Promise<(answer: StoredAnswer) => Submission> {
  const rightsOn = await rightsOnAnswers(tx, answers);
  const fieldsOf = await askedFields(tx, answers);
  const sensitiveIn = await sensitiveValues(tx);
  return (answer) => {
    const rights = rightsOn(answer);
    const values = shownValues(answer, fieldsOf(answer), rights);
    const fieldKeys = sensitiveIn(values, rights);
    const { id, formId, formName, formVersion, at, status, consent, submittedBy, customerId } = answer;
    const reads = concerned(answer).map((each) => ({ channel, customerId: each, fieldKeys }));
    const told = { id, formId, formName, formVersion, at, status, consent, submittedBy, customerId };
    return Object.assign(new Submission(), { ...told, values, reads, stored: answer });
  };
}

function shownValues({ values }: StoredAnswer, fields: readonly Field[], rights: Rights): Record<string, unknown> {
  const entries = fields.flatMap((field): [string, unknown][] => {
    const access = rights.accessTo(field.key);
    const value = values[field.key] ?? null;
    return access === 'HIDDEN' ? [] : [[field.key, access === 'MASKED' ? masked(field, value) : shown(field, value)]];
  });
  return Object.fromEntries(entries);
}

/** What was answered before the field became another is told as it was; what a mask would leave of it nobody can say. */
function masked(field: Field, value: Value): string | null {
  return value !== null && isOfType(field, value) ? maskedValue(field.type, value) : null;
}

function shown(field: Field, value: Value): Value {
  return value !== null && isOfType(field, value) ? shownValue(field, value) : value;
}

/** Whose data an answer may be; of nobody who is known it is its own. */
function concerned({ id, customerId, matches }: StoredAnswer): readonly string[] {
  if (customerId !== null) return [customerId];
  return matches.length > 0 ? matches : [id];
}
