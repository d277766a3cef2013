import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Guard } from './guards.ts';

const SOURCES = path.join(import.meta.dirname, '../../server/src');

/**
 * That the text of a guard stands in its file once.
 *
 * @throws {Error} where it does not.
 */
export async function requireText({ name, file, code }: Guard): Promise<void> {
  const times = (await readFile(path.join(SOURCES, file), 'utf8')).split(code).length - 1;
  if (times !== 1) throw new Error(`${name}: its text stands ${times} times in ${file}`);
}
