// npm run verify: every proof at its full size, which takes longer than npm test may.
import { findBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { run, secondsSince } from './project.mjs';

/** @type {{ proof: string, command: string[] }[]} */
const PROOFS = [
  {
    proof: 'rules mean the same everywhere',
    command: ['npm', 'run', '--silent', 'verify-rules', '--', '--pairs', '1000000'],
  },
  { proof: 'the guards of protocol and gate are needed', command: ['npm', 'run', '--silent', 'verify-guards'] },
  { proof: 'every other test, those that npm test shortens at full size', command: ['vitest', 'run'] },
  { proof: 'journeys in both languages', command: ['playwright', 'test', '--config', 'test/playwright.config.ts'] },
];

const rows = [];
if (!(await build())) process.exit(1);
const env = { FULL_PROOFS: '1', CHROMIUM: await findBrowser() };
for (const { proof, command } of PROOFS) {
  const started = performance.now();
  const { ok } = await run(command, { env });
  rows.push({ proof, result: ok ? 'passed' : 'FAILED', time: secondsSince(started) });
}
console.table(rows);
process.exitCode = rows.every((row) => row.result === 'passed') ? 0 : 1;
