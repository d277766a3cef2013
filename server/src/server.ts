import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './platform/config.ts';
import type { Log } from './platform/log.ts';
import { StartRefused } from './platform/start-refused.ts';
import pg from 'pg';

export async function startServer({ config, databaseUrl }: { config: Config; databaseUrl: string; log: Log }): Promise<{ address: string; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3000 });
  await client.connect().catch(() => { throw new StartRefused('The database at DATABASE_URL cannot be reached'); });
  const server = createServer((_req, res) => res.end('ok'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new StartRefused(`Port ${config.port} is taken`)));
    server.listen(config.port, () => resolve());
  }).catch(async (e) => { await client.end(); throw e; });
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => { server.closeAllConnections(); await new Promise((r) => server.close(r)); await client.end(); },
  };
}
