import { mkdtemp, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedDatabase } from '../../server/src/platform/embedded-database/start-embedded-database.ts';
import { removeFolder } from '../../server/src/testing/remove-folder.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { compareBackEnds, report } from './differential.ts';

/** `npm run verify-rules -- --pairs N [--seed S]`: as many random pairs as wanted; exit 1 at a disagreement, which is printed. */
const { values } = parseArgs({ options: { pairs: { type: 'string', default: '1000000' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 2 ** 31);

const folder = await mkdtemp(path.join(tmpdir(), 'kequn-verify-'));
await chmod(folder, 0o755);
const database = await startEmbeddedDatabase({ dataDir: folder, log: createLog('warn') });
const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] ?? database.url });
await client.connect();
try {
  const outcome = await compareBackEnds(client, Number(values.pairs), seed);
  process.stdout.write(`seed ${seed}: ${report(outcome)}\n`);
  process.exitCode = outcome.disagreements.length === 0 ? 0 : 1;
} finally {
  await client.end();
  await database.stop();
  await removeFolder(folder);
}
