import type { Problem, Value } from '@kequn/rules';
import { fieldTypes } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import { columnOf } from '../fields/customer-table.ts';
import type { Field, FieldInput } from '../fields/field.ts';
import { limits } from '../platform/limits.ts';
import { invalid } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { converter, convertAll, filledValues, type Conversion, type FailedValue } from './convert-values.ts';
import { fieldAs } from './field-as.ts';
import { fieldToConvert, requireFewCustomers } from './field-to-convert.ts';
import { readNotes } from './read-notes.ts';

/** Options that are proposed for values that are none yet, and the code points that the name of one may have. */
const [mostProposed, longestProposed] = [50, 60];

/** One value and what it would become. */
export interface ConversionSample {
  readonly customerId: string;
  readonly from: Value;
  /** Null where nothing would become of it. */
  readonly to: Value;
  readonly problem: Problem | null;
}

/** What would become of the values of a field, were it of another type. */
export interface ConversionPreview {
  readonly converting: number;
  readonly failing: number;
  readonly convertingSamples: readonly ConversionSample[];
  readonly failingSamples: readonly ConversionSample[];
  /** Texts that would be options, most of them first; empty where the other type has none. */
  readonly proposedOptions: readonly string[];
}

/**
 * Tells what a change of type would do to the values of a field, without doing it. Needs MANAGE_FIELDS, and a role that reads the field of every
 * customer.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN, FIELD_FORBIDDEN, VALIDATION_FAILED with every issue, LIMIT_EXCEEDED among many customers.
 */
export async function previewConversion(ctx: Context, key: string, input: FieldInput): Promise<ConversionPreview> {
  const { field, preview } = await read(ctx, async (tx) => {
    const before = await fieldToConvert(tx, key);
    const { field: after, problems } = fieldAs(before, input);
    // That a type has no unique values is said beside the switch, and changes no value.
    const told = problems.filter(({ path }) => path !== 'unique');
    if (told.length > 0) throw invalid(told);
    await requireFewCustomers(tx);
    const convert = converter({ before, after, timeZone: tx.database.timeZone });
    const conversion = convertAll(await filledValues(tx.manager, columnOf(key)), convert);
    return { field: before, preview: previewOf(conversion, after) };
  });
  const samples = [...preview.convertingSamples, ...preview.failingSamples];
  await noteReads(ctx, readNotes('preview', field, samples));
  return preview;
}

function previewOf({ converted, failed }: Conversion, after: Field): ConversionPreview {
  return {
    converting: converted.length,
    failing: failed.length,
    convertingSamples: distinct(converted).map(({ customerId, from, value }) => ({
      customerId,
      from,
      to: value,
      problem: null,
    })),
    failingSamples: distinct(failed).map(({ customerId, from, problems: [problem] }) => ({
      customerId,
      from,
      to: null,
      problem: problem!,
    })),
    proposedOptions: proposed(failed, after),
  };
}

/** The first customers that have different values. */
function distinct<T extends { readonly from: Value }>(values: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  const first: T[] = [];
  for (const each of values) {
    if (first.length === limits.sample) break;
    const key = JSON.stringify(each.from);
    if (!seen.has(key)) first.push(each);
    seen.add(key);
  }
  return first;
}

function proposed(failed: readonly FailedValue[], { type }: Field): readonly string[] {
  if (!['OPTION', 'OPTIONS'].includes(fieldTypes[type].valueType)) return [];
  const counts = new Map<string, number>();
  for (const { from } of failed) {
    const text = typeof from === 'string' || typeof from === 'number' ? String(from) : '';
    if (text !== '' && [...text].length <= longestProposed) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  return byCount.slice(0, mostProposed).map(([text]) => text);
}
