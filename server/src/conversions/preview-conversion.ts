import { fieldTypes, type Problem, type Value } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import { columnOf, type ValueOf } from '../fields/customer-table.ts';
import type { Field, FieldInput } from '../fields/field.ts';
import { limits } from '../platform/limits.ts';
import { invalid } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { converter, convertAll, type FailedValue } from './convert-values.ts';
import { isForAJob } from '../segments/rebuild/start-rebuild.ts';
import { fieldAs } from './field-as.ts';
import { fieldToConvert } from './field-to-convert.ts';
import { readNotes } from './read-notes.ts';

/** Options that are proposed for values that are none yet, and the code points that the name of one may have. */
const [mostProposed, longestProposed] = [50, 60];
/** Different texts that are counted to find those, at most: where there are more, they are no options. */
const mostCounted = 10_000;
/** Values that are converted between two answers to others. */
const PAGE = 2_000;

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
  /** Whether the change would be made by a job. */
  readonly byJob: boolean;
}

/**
 * Tells what a change of type would do to the values of a field, without doing it. Needs MANAGE_FIELDS, and a role that reads the field of every
 * customer.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN, FIELD_FORBIDDEN, VALIDATION_FAILED with every issue, CONFLICT when the field changes meanwhile.
 */
export async function previewConversion(ctx: Context, key: string, input: FieldInput): Promise<ConversionPreview> {
  const { before, after, byJob } = await read(ctx, async (tx) => {
    const field = await fieldToConvert(tx, key);
    const { field: as, problems } = fieldAs(field, input);
    // That a type has no unique values is said beside the switch, and changes no value.
    const told = problems.filter(({ path }) => path !== 'unique');
    if (told.length > 0) throw invalid(told);
    return { before: field, after: as, byJob: await isForAJob(tx) };
  });
  const preview = { ...(await previewOf(ctx, before, after)), byJob };
  const samples = [...preview.convertingSamples, ...preview.failingSamples];
  await noteReads(ctx, readNotes('preview', before, samples));
  return preview;
}

/** Page by page, each read by itself: among many customers nobody waits for it who alters tables. */
async function previewOf(ctx: Context, before: Field, after: Field): Promise<Omit<ConversionPreview, 'byJob'>> {
  const [converting, failing] = [new Told(), new Told()];
  const proposals = new Map<string, number>();
  for (let page = await nextValues(ctx, before, null); page.length > 0;) {
    const convert = converter({ before, after, timeZone: ctx.database.timeZone });
    const { converted, failed } = convertAll(page, ({ value }) => convert(value));
    for (const { customerId, from, value } of converted) converting.add({ customerId, from, to: value, problem: null });
    for (const { customerId, from, problems } of failed)
      failing.add({ customerId, from, to: null, problem: problems[0]! });
    if (['OPTION', 'OPTIONS'].includes(fieldTypes[after.type].valueType)) propose(proposals, failed);
    page = await nextValues(ctx, before, page.at(-1)!.customerId);
  }
  const byCount = [...proposals].toSorted(([, a], [, b]) => b - a);
  return {
    converting: converting.count,
    failing: failing.count,
    convertingSamples: converting.samples,
    failingSamples: failing.samples,
    proposedOptions: byCount.slice(0, mostProposed).map(([text]) => text),
  };
}

/** The next values that are not empty, the newest customers first. */
async function nextValues(ctx: Context, { key, version }: Field, after: string | null): Promise<readonly ValueOf[]> {
  return read(ctx, async (tx) => {
    await fieldToConvert(tx, key, version);
    const column = columnOf(key);
    return tx.manager.query<ValueOf[]>(
      `select c.id as "customerId", ${column} as value from customer c
        where ${column} is not null and ($1::uuid is null or c.id < $1) order by c.id desc limit $2`,
      [after, PAGE],
    );
  });
}

/** How many there are, and of different values the first. */
class Told {
  count = 0;
  readonly samples: ConversionSample[] = [];
  readonly #seen = new Set<string>();

  add(sample: ConversionSample): void {
    this.count += 1;
    if (this.samples.length === limits.sample) return;
    const key = JSON.stringify(sample.from);
    if (!this.#seen.has(key)) this.samples.push(sample);
    this.#seen.add(key);
  }
}

function propose(counts: Map<string, number>, failed: readonly FailedValue[]): void {
  for (const { from } of failed) {
    const text = typeof from === 'string' || typeof from === 'number' ? String(from) : '';
    const isName = text !== '' && [...text].length <= longestProposed;
    if (isName && (counts.has(text) || counts.size < mostCounted)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
}
