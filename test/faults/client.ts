import { admin, type ServerProcess } from './processes.ts';

/** What became of a call. `lost`: the connection broke, so nobody knows whether it was done. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly data: T }
  | { readonly kind: 'refused'; readonly code: string; readonly currentVersion: number | null }
  | { readonly kind: 'lost' };

interface Answer<T> {
  readonly data: T;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Calls whichever server is up, as clients behind a load balancer do, and counts what they are told. */
export class Client {
  /** How often each refusal came, by its code; LOST for a broken connection. */
  readonly refusals: Record<string, number> = {};
  /** Answers that no client may get. */
  readonly unexpected: string[] = [];
  /** The longest time that a call took, in milliseconds. */
  longest = 0;
  readonly #servers: readonly ServerProcess[];
  #token = '';

  constructor(servers: readonly ServerProcess[]) {
    this.#servers = servers;
  }

  async signIn(): Promise<void> {
    const query =
      'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';
    this.#token = (await this.ask<{ login: { token: string } }>(query, admin)).login.token;
  }

  /** For calls that must be done. */
  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const outcome = await this.call<T>(query, variables);
    if (outcome.kind !== 'done') throw new Error(JSON.stringify([outcome, ...this.unexpected]));
    return outcome.data;
  }

  async call<T>(query: string, variables: object = {}): Promise<Outcome<T>> {
    const started = performance.now();
    const outcome = await this.#send<T>(query, variables);
    this.longest = Math.max(this.longest, performance.now() - started);
    if (outcome.kind !== 'done') {
      const code = outcome.kind === 'lost' ? 'LOST' : outcome.code;
      this.refusals[code] = (this.refusals[code] ?? 0) + 1;
    }
    return outcome;
  }

  async #send<T>(query: string, variables: object): Promise<Outcome<T>> {
    const addresses = this.#servers.flatMap(({ address }) => address ?? []);
    const address = addresses[Math.floor(Math.random() * addresses.length)];
    try {
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(this.#token && { authorization: `Bearer ${this.#token}` }) },
        body: JSON.stringify({ query, variables }),
      });
      return this.#read<T>(response.status, await response.text());
    } catch {
      return { kind: 'lost' };
    }
  }

  #read<T>(status: number, text: string): Outcome<T> {
    const { data, errors } = JSON.parse(text.startsWith('{') ? text : '{}') as Partial<Answer<T>>;
    const { code, retryAfter, currentVersion, issues } = errors?.[0]?.extensions ?? {};
    const isExpected =
      code === 'CONFLICT' ||
      (code === 'UNAVAILABLE' && typeof retryAfter === 'number') ||
      isStillWorkedOut(code, issues);
    if (status >= 500 || (errors ? !isExpected : !data)) this.unexpected.push(`${status} ${text}`);
    if (data && !errors) return { kind: 'done', data };
    return {
      kind: 'refused',
      code: typeof code === 'string' ? code : String(status),
      currentVersion: typeof currentVersion === 'number' ? currentVersion : null,
    };
  }
}

/** Whether a rule cannot be changed just now because a job works out the change before. */
function isStillWorkedOut(code: unknown, issues: unknown): boolean {
  const [issue] = Array.isArray(issues) ? (issues as { path?: unknown; code?: unknown }[]) : [];
  return code === 'VALIDATION_FAILED' && issue?.path === 'rule' && issue.code === 'INVALID';
}
