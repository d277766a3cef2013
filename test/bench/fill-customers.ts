import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fieldTypes } from '@kequn/rules';
import { haystackOf } from '../../server/src/fields/search-text.ts';
import { newId } from '../../server/src/platform/uuid.ts';
import type { BenchServer } from './bench-database.ts';
import { benchFields } from './bench-fields.ts';
import { person, type Person } from './people.ts';

const searchedFields = benchFields.filter(({ type }) => fieldTypes[type].searchable).map(({ key }) => key);

/** Fills an empty server with made-up customers by COPY. What they are searched by is indexed at the end, as one does with so many rows. */
export async function fillCustomers(server: BenchServer, count: number): Promise<void> {
  for (const input of benchFields)
    await server.ask('mutation ($input: FieldInput!) { createField(input: $input) { key } }', { input });
  const [index] = await server.asOwner<{ indexdef: string }>(
    `select indexdef from pg_indexes where indexname = 'customer_search_grams'`,
  );
  await server.asOwner('drop index customer_search_grams');
  const ids = Array.from({ length: count }, () => newId());
  const columns = ['id', 'version', 'created_at', 'updated_at', ...benchFields.map(({ key }) => `f_${key}`)];
  await copy(server, `customer (${columns.join(', ')})`, rows(ids));
  await copy(server, 'customer_search (customer_id, field_key, haystack)', searchRows(ids));
  await server.asOwner(`set maintenance_work_mem = '1GB'`);
  await server.asOwner(index!.indexdef);
  await server.asOwner('vacuum analyze');
}

/** The database reads the rows from a file: it runs on this machine. */
async function copy({ folder, asOwner }: BenchServer, table: string, lines: Iterable<string>): Promise<void> {
  const file = path.join(folder, 'rows.csv');
  await pipeline(Readable.from(lines), createWriteStream(file));
  await asOwner(`copy ${table} from '${file}' with (format csv)`);
  await rm(file);
}

function* rows(ids: readonly string[]): Generator<string> {
  const now = new Date().toISOString();
  for (const [n, id] of ids.entries()) {
    const values = valuesOf(person(n));
    yield `${id},1,${now},${now},${benchFields.map(({ key }) => String(values[key])).join(',')}\n`;
  }
}

function* searchRows(ids: readonly string[]): Generator<string> {
  for (const [n, id] of ids.entries()) {
    const values = valuesOf(person(n));
    // No value holds a quote; what it is found by is several lines.
    for (const key of searchedFields) yield `${id},${key},"${haystackOf(String(values[key]))}"\n`;
  }
}

function valuesOf(made: Person): Readonly<Record<string, unknown>> {
  return { ...made };
}
