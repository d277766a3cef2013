import type { Context } from '../access/viewer.ts';
import type { Field } from '../fields/field.ts';
import type { ChangedField } from '../fields/field-formula.ts';
import type { FieldUpdate } from '../fields/update-field.ts';
import { invalid, refused } from '../platform/refused.ts';
import { alterTables } from '../platform/transaction.ts';
import type { FieldSettings } from '../segments/rebuild/rebuild.ts';
import { applyChange } from './apply-change.ts';
import { fieldAs, isOfAnotherType } from './field-as.ts';
import { fieldToConvert } from './field-to-convert.ts';

/**
 * Makes a field one of another type, with its values: each becomes the same thing of that type. Values of which nothing becomes are told and
 * stand in the way, unless it is forced: then they are set aside and the customers have none. What customers had is kept for a while, so that
 * it can be undone. All of it is one transaction, during which nobody writes, or among many customers a job.
 *
 * @throws {Refused} as `updateField`; IN_USE with the rules that would be none any more; FORBIDDEN to who does not read the field of everybody,
 * or may not give what scopes decide by it.
 */
export async function convertField(
  ctx: Context,
  key: string,
  { version, ...input }: FieldUpdate,
  { force }: { readonly force: boolean },
): Promise<ChangedField> {
  return alterTables(ctx, async (tx) => {
    const before = await fieldToConvert(tx, key, version);
    // Somebody else has made it so meanwhile.
    if (!isOfAnotherType(before, input)) throw refused('CONFLICT', { currentVersion: before.version });
    const { field: after, problems } = fieldAs(before, input);
    if (problems.length > 0) throw invalid(problems);
    const settings = settingsOf(after);
    return applyChange(tx, { act: 'CONVERT', fieldKey: key, version: before.version, settings, force, undoes: null });
  });
}

/** What a change of type may set of a field, as it is to be. */
export function settingsOf(field: Field): FieldSettings {
  const { type, label, labels, help, options, validation, required, unique, sensitive, released } = field;
  return { type, label, labels, help, options, validation, required, unique, sensitive, released };
}
