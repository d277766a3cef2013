import { Console } from 'node:console';
import { mkdtemp, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedDatabase } from '../../server/src/platform/embedded-database/start-embedded-database.ts';
import { removeFolder } from '../../server/src/testing/remove-folder.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { keepCounterexample } from './counterexamples.ts';
import { Coverage } from './coverage.ts';
import { compareBackEnds, report } from './differential.ts';
import { faults } from './faults.ts';

/**
 * `npm run verify-rules -- --pairs N [--seed S]`: as many random pairs as wanted, what they covered, and that deliberate faults are found.
 * Exit 1 at a disagreement, which is printed and kept as a case, at an operation on a type that was never asked, and at a fault that was not found.
 */
const { values } = parseArgs({ options: { pairs: { type: 'string', default: '1000000' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const pairs = Number(values.pairs);

async function verify(client: pg.Client): Promise<boolean> {
  const coverage = new Coverage();
  const outcome = await compareBackEnds(client, { pairs, seed, onRule: (rule) => coverage.count(rule) });
  new Console(process.stdout).table(coverage.table);
  process.stdout.write(`seed ${seed}: ${report(outcome)}\n`);
  outcome.disagreements.forEach(keepCounterexample);
  process.stdout.write(`never asked: ${coverage.missing.join(', ') || 'nothing'}\n`);
  const unfound = await unfoundFaults(client);
  return outcome.disagreements.length === 0 && coverage.missing.length === 0 && unfound.length === 0;
}

async function unfoundFaults(client: pg.Client): Promise<readonly string[]> {
  const unfound: string[] = [];
  for (const [name, backEnds] of Object.entries(faults)) {
    const { pairs: asked, disagreements } = await compareBackEnds(client, {
      pairs: 1_000_000,
      seed,
      backEnds,
      asMet: true,
    });
    process.stdout.write(`fault: ${name}: ${disagreements.length > 0 ? `found after ${asked} pairs` : 'NOT FOUND'}\n`);
    if (disagreements.length === 0) unfound.push(name);
  }
  return unfound;
}

const folder = await mkdtemp(path.join(tmpdir(), 'kequn-verify-'));
await chmod(folder, 0o755);
const database = await startEmbeddedDatabase({ dataDir: folder, log: createLog('warn') });
const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] ?? database.url });
await client.connect();
try {
  process.exitCode = (await verify(client)) ? 0 : 1;
} finally {
  await client.end();
  await database.stop();
  await removeFolder(folder);
}
