import {
  answerForm,
  type AnsweredForm,
  type CompiledForm,
  type Json,
  type Moment,
  type Row,
  type Value,
} from '@kequn/rules';
import type { Rights } from '../access/gate.ts';
import { toRuleRow, type CustomerRow } from '../fields/customer-table.ts';
import { refused } from '../platform/refused.ts';
import {
  isAsShown,
  knownField,
  problemsOfChange,
  submittedValues,
  unknownField,
  type CheckedSubmission,
  type SubmissionContext,
} from './check-submission.ts';

/** A form that a submission was filled in, about whom, and when. */
export interface FilledForm {
  readonly form: CompiledForm;
  readonly before: CustomerRow | undefined;
  readonly moment: Moment;
}

/** What a submission changes by way of a form, and the form as it stands with it. */
export interface CheckedForm extends CheckedSubmission {
  readonly answered: AnsweredForm;
}

/**
 * Checks a submission as the form has it that it was filled in: what the form does not place is refused, what its rules hide is not written, what
 * they ask for must be there. Rules read of the customer what the viewer may read.
 *
 * @throws {Refused} FIELD_FORBIDDEN, VALIDATION_FAILED as `checkSubmission`.
 */
export function checkFormSubmission(raw: unknown, filled: FilledForm, context: SubmissionContext): CheckedForm {
  const { rights } = context;
  const { entered, problems } = enteredValues(raw, context);
  const answered = answerForm(filled.form, {
    entered,
    stored: filled.before ? readable(toRuleRow(filled.before), rights) : null,
    mayWrite: (key) => rights.may(key, 'write'),
    moment: filled.moment,
  });
  problems.push(...answered.problems);
  for (const [key, value] of answered.changes)
    problems.push(...problemsOfChange(context.catalogue.byKey.get(key)!, value, context));
  return { changes: answered.changes, problems, answered };
}

/** The values that were entered; what was shown, written back, is none. */
function enteredValues(raw: unknown, context: SubmissionContext) {
  const problems = [];
  const forbidden: string[] = [];
  const entered: Record<string, Json> = {};
  for (const [key, value] of Object.entries(submittedValues(raw))) {
    const field = knownField(key, context);
    if (!field) problems.push(unknownField(key));
    else if (context.rights.may(key, 'write')) entered[key] = value;
    else if (!isAsShown(field, value, context)) {
      if (field.computed) entered[key] = value;
      else forbidden.push(key);
    }
  }
  if (forbidden.length > 0) throw refused('FIELD_FORBIDDEN', { fields: forbidden });
  return { entered, problems };
}

function readable(row: Row, rights: Rights): Row {
  const read = Object.entries(row).map(([key, value]): [string, Value] => [
    key,
    rights.may(key, 'filter') ? value : null,
  ]);
  return Object.fromEntries(read);
}

/** The values of the fields that a form shows, as it is kept what was answered. */
export function answeredValues({ items }: AnsweredForm): Readonly<Record<string, Value>> {
  const shown = [...items].filter(([, { visible }]) => visible);
  return Object.fromEntries(shown.map(([key, { value }]) => [key, value]));
}
