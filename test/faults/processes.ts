import { setTimeout as sleep } from 'node:timers/promises';
import { type BuiltServer, startBuiltServer } from '../support/built-server.ts';

/** Who administers the servers of the proofs. */
export const admin = { email: 'admin@example.com', password: 'correct horse' } as const;

/** How long a server may take until it answers again. */
const READY_MS = 30_000;

/** One server process after the other at one database: where one was killed, the next takes its place. */
export class ServerProcess {
  readonly #databaseUrl: string;
  readonly #settings: Readonly<Record<string, string>>;
  #server: BuiltServer | undefined;
  #address: string | undefined;
  #printed = '';

  constructor(databaseUrl: string, settings: Readonly<Record<string, string>> = {}) {
    this.#databaseUrl = databaseUrl;
    this.#settings = settings;
  }

  /** Where it listens; undefined while it does not. */
  get address(): string | undefined {
    return this.#address;
  }

  /** The errors that it has logged. */
  get complaints(): readonly string[] {
    const lines = (this.#printed + (this.#server?.printed() ?? '')).split('\n');
    return lines.filter((line) => /"level":"?(50|60|error|fatal)/.test(line));
  }

  /** Starts a process and waits until it is ready; gives how long that took, in milliseconds. */
  async start(): Promise<number> {
    const started = performance.now();
    this.#server = startBuiltServer({
      DATABASE_URL: this.#databaseUrl,
      HOST: '127.0.0.1',
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: 'error',
      ...this.#settings,
    });
    this.#address = (await this.#server.address).replace('localhost', '127.0.0.1');
    await this.ready();
    return performance.now() - started;
  }

  /** Waits until it answers that it is ready; gives how long that took, in milliseconds. */
  async ready(): Promise<number> {
    const started = performance.now();
    while (performance.now() - started < READY_MS) {
      const answer = await fetch(`${this.#address}/health/ready`).catch(() => undefined);
      if (answer?.status === 200) return performance.now() - started;
      await sleep(20);
    }
    throw new Error(`A server was not ready within ${READY_MS} ms: ${this.complaints.join('\n')}`);
  }

  /** Ends it without letting it do anything more. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#address = undefined;
    this.#printed += (await this.#server?.stop(signal))?.stdout ?? '';
    this.#server = undefined;
  }
}
