// Builds what is out of date: npm run build [-- --force]
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, run, secondsSince } from './project.mjs';

/** @typedef {{ name: string, command: string[], sources: string[], only?: RegExp, output: string }} Stage */

/** In this order, for each reads what the one before wrote. `only`: which files of the sources count. */
const STAGES = /** @type {Stage[]} */ ([
  {
    name: 'schema',
    command: ['npm', 'run', '--silent', 'schema', '-w', 'server'],
    sources: ['package-lock.json', 'server/src', 'server/tsconfig.json', 'rules/src'],
    output: 'server/schema.graphql',
  },
  {
    name: 'web-types',
    command: ['npm', 'run', '--silent', 'codegen', '-w', 'web'],
    sources: ['package-lock.json', 'server/schema.graphql', 'web/codegen.ts', 'web/src'],
    only: /package-lock\.json|codegen\.ts|\.graphql$/,
    output: 'web/src/api/generated',
  },
  {
    name: 'web',
    command: ['npm', 'run', '--silent', 'build', '-w', 'web'],
    sources: [
      'package-lock.json',
      'rules/src',
      'web/src',
      'web/public',
      'web/index.html',
      'web/fill.html',
      'web/vite.config.ts',
      'web/compress-assets.ts',
    ],
    output: 'web/dist',
  },
  {
    name: 'server',
    command: ['npm', 'run', '--silent', 'build', '-w', 'server'],
    sources: [
      'package-lock.json',
      'rules/src',
      'seeds/src',
      'server/src',
      'server/migrations',
      'server/rolldown.config.ts',
    ],
    output: 'server/dist',
  },
]);

/** Tests are not built, and declarations are written into the sources by the build itself. */
const NOT_BUILT = /\.test\.ts$|\.d\.ts$/;

// npm ci empties this place, and rightly: other dependencies make another build.
const STAMPS = path.join(ROOT, 'node_modules/.cache/kequn');

/**
 * Builds every stage whose sources or output are not those of its last build. They are compared by content: a checkout gives
 * old files new times, and a deleted file has none.
 *
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<boolean>} whether all is built
 */
export async function build({ force = false } = {}) {
  await mkdir(STAMPS, { recursive: true });
  for (const stage of STAGES) {
    const stamp = path.join(STAMPS, stage.name);
    const before = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
    if (!force && before === (await state(stage))) continue;
    if (!(await buildStage(stage))) return false;
    await writeFile(stamp, await state(stage));
  }
  return true;
}

/** @param {Stage} stage */
async function buildStage({ name, command }) {
  const started = performance.now();
  process.stdout.write(`building ${name} … `);
  const { ok, output } = await run(command, { quiet: true });
  process.stdout.write(`${ok ? '' : 'failed, '}${secondsSince(started)}\n${ok ? '' : `${output}\n`}`);
  return ok;
}

/** @param {Stage} stage */
async function state({ sources, only = /./, output }) {
  const hash = createHash('sha256');
  for (const place of [...sources, output]) {
    for (const file of await filesIn(place)) {
      const counts = place === output || (only.test(file) && !NOT_BUILT.test(file));
      if (counts) hash.update(`${file}\0`).update(await readFile(path.join(ROOT, file)));
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} place a file or folder of the project, which may be missing
 * @returns {Promise<string[]>}
 */
async function filesIn(place) {
  const full = path.join(ROOT, place);
  if (!existsSync(full)) return [];
  if (!(await stat(full)).isDirectory()) return [place];
  const names = await readdir(full, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name))).toSorted();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await build({ force: process.argv.includes('--force') })) ? 0 : 1;
}
