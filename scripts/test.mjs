// npm test: every check of the project, from a tree where only npm ci was run. Stops at the first that fails.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { ROOT, run, secondsSince } from './project.mjs';

const RESULTS = 'test/results';
const UNIT_REPORT = `${RESULTS}/vitest.json`;
const JOURNEY_REPORT = `${RESULTS}/journeys.json`;
const SCHEMA = path.join(ROOT, 'server/schema.graphql');

/** @typedef {() => Promise<boolean>} Step */

/** What reads the tree only, side by side in two lanes of about one length: each lane waits for one core. */
const CHECKS = /** @type {[string, Step][][]} */ ([
  [['Types', quietly('npm', 'run', '--silent', 'typecheck', '--workspaces', '--if-present')]],
  [
    ['Lint', quietly('npm', 'run', '--silent', 'lint')],
    ['Format', quietly('prettier', '--check', '--log-level', 'warn', '.')],
    ['Who may import whom', quietly('npm', 'run', '--silent', 'imports')],
    ['Dead code', quietly('npm', 'run', '--silent', 'dead-code')],
  ],
]);

/** @type {[string, Step][]} */
const STEPS = [
  ['Build, and the committed schema is the code’s', buildAndCompareSchema],
  ['Checks of the code', checks],
  [
    'Unit, property and API tests',
    command('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`),
  ],
  ['Journeys in a browser', journeys],
];

/** @type {Step} */
async function checks() {
  const lanes = await Promise.all(CHECKS.map(inTurn));
  return lanes.every((ok) => ok);
}

/** @param {[string, Step][]} steps */
async function inTurn(steps) {
  for (const step of steps) if (!(await runStep(step))) return false;
  return true;
}

/** Prints only when it fails, for others print at the same time. @param {string[]} words @returns {Step} */
function quietly(...words) {
  return async () => {
    const { ok, output } = await run(words, { quiet: true });
    if (!ok) process.stdout.write(output);
    return ok;
  };
}

/** @param {string[]} words @returns {Step} */
function command(...words) {
  return async () => (await run(words)).ok;
}

async function buildAndCompareSchema() {
  const committed = existsSync(SCHEMA) ? await readFile(SCHEMA, 'utf8') : '';
  if (!(await build())) return false;
  if (committed === (await readFile(SCHEMA, 'utf8'))) return true;
  process.stdout.write('server/schema.graphql was not what the code says. It is now; review and commit it.\n');
  return false;
}

async function journeys() {
  const browser = await findBrowser();
  process.stdout.write(`with ${browser}\n`);
  const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: path.join(ROOT, JOURNEY_REPORT) };
  return (await run(['playwright', 'test', '--config', 'test/playwright.config.ts', '--reporter=list,json'], { env }))
    .ok;
}

/** @param {[string, Step]} step */
async function runStep([name, step]) {
  const started = performance.now();
  process.stdout.write(`\n── ${name}\n`);
  const ok = await step().catch((error) => {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    return false;
  });
  process.stdout.write(`── ${name}: ${ok ? 'passed' : 'FAILED'}, ${secondsSince(started)}\n`);
  return ok;
}

/** What the two test runners counted. */
async function counts() {
  const unit = await report(UNIT_REPORT);
  const journey = (await report(JOURNEY_REPORT)).stats ?? {};
  return {
    passed: (unit.numPassedTests ?? 0) + (journey.expected ?? 0),
    failed: (unit.numFailedTests ?? 0) + (journey.unexpected ?? 0) + (journey.flaky ?? 0),
    skipped: (unit.numPendingTests ?? 0) + (unit.numTodoTests ?? 0) + (journey.skipped ?? 0),
  };
}

/** @param {string} file @returns {Promise<any>} */
async function report(file) {
  const full = path.join(ROOT, file);
  return existsSync(full) ? JSON.parse(await readFile(full, 'utf8')) : {};
}

async function main() {
  await rm(path.join(ROOT, RESULTS), { recursive: true, force: true });
  await mkdir(path.join(ROOT, RESULTS), { recursive: true });
  let ok = true;
  for (const step of STEPS) {
    ok = await runStep(step);
    if (!ok) break;
  }
  const { passed, failed, skipped } = await counts();
  // A step that failed without a failed test, such as lint, is one failure.
  const failures = ok ? failed : Math.max(failed, 1);
  process.stdout.write(`\n${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failures > 0 ? 1 : 0;
}

await main();
