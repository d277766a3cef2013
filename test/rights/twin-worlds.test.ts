import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldTypes, type FieldType } from '@kequn/rules';
import { streamXlsxRows } from 'hucre/xlsx';
import { admin } from '../../server/src/testing/test-server.ts';
import { Chances } from './chances.ts';
import { documentOf } from './documents.ts';
import { deck, kinds, question, type Question } from './questions.ts';
import { SameNames } from './same-names.ts';
import { alike, startTwin, type Twin } from './twins.ts';

/** `npm test` asks a tenth of the questions, the full proof all. */
const count = process.env['FULL_PROOFS'] ? 3_000 : 300;

/** What the viewer may not do at all; everything else has to be answered at least once. */
const closed: ReadonlySet<string> = new Set([
  'Mutation.applyTemplate',
  'Mutation.bringBackReview',
  'Mutation.changePassword',
  'Mutation.correctEvent',
  'Mutation.deleteEvent',
  'Mutation.deleteForm',
  'Mutation.deleteRole',
  'Mutation.dismissReview',
  'Mutation.importForm',
  'Mutation.loadDemo',
  'Mutation.login',
  'Mutation.publishForm',
  'Mutation.recordEvents',
  'Mutation.replaceOption',
  'Mutation.resolveReview',
  'Mutation.restoreFormVersion',
  'Mutation.saveEventType',
  'Mutation.saveForm',
  'Mutation.saveRole',
  'Mutation.saveUser',
  'Mutation.setFieldAccess',
  'Mutation.setFormPublic',
  'Mutation.undoConversion',
  'Mutation.viewAs',
  'Query.accessEffects',
  'Query.conversions',
  'Query.previewConversion',
  'Query.exportForm',
  // Asked as the list of operations says, by nothing of their own yet.
  ...kinds.filter((kind) => /retentionRule/i.test(kind)),
]);

/** Of what type things are that are no segments. */
const typeOf: Readonly<Record<string, string>> = {
  unseen: 'Customer',
  event: 'Event',
  role: 'Role',
  form: 'Form',
  review: 'Submission',
};

/** The clock of both worlds, in a year that no other clock shows. */
let instant = Date.parse('2031-05-05T05:00:00Z');
const now = () => new Date(instant).toISOString();

let twins: readonly [Twin, Twin];
const names = [new SameNames(), new SameNames()] as const;
const by = new Chances(20_260_701);
const emails: string[] = [];
beforeAll(async () => {
  const start = instant;
  const one = await startTwin('one', now);
  instant = start;
  twins = [one, await startTwin('other', now)];
  for (const [index, { server, viewer, things, roleId }] of twins.entries()) {
    const { me } = await server.ask<{ me: { email: string } }>('{ me { email } }', {}, { token: viewer });
    emails.push(me.email);
    for (const [thing, id] of Object.entries({ ...things, role: roleId })) {
      const name = names[index]!.nameOf(id, 'id');
      if (index === 0) by.know(typeOf[thing] ?? 'Segment', name);
    }
  }
}, 120_000);
afterAll(async () => {
  for (const { server } of twins) await server.close();
});

/** An answer as it is compared. */
interface Told {
  readonly status: number;
  readonly headers: readonly (string | null)[];
  readonly body: string;
}

async function ask(index: 0 | 1, { document, variables, path }: Question, token: string): Promise<Told> {
  const { server } = twins[index];
  const asked = (text: string) => names[index].asked(text);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'en' };
  const answer = path
    ? await fetch(server.url + asked(path), { headers })
    : await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers,
        body: asked(JSON.stringify({ query: document, variables })),
      });
  const told = ['content-type', 'content-disposition', 'cache-control', 'location', 'set-cookie'].map((name) =>
    answer.headers.get(name),
  );
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const isWorkbook = told[0]?.includes('spreadsheetml');
  return {
    status: answer.status,
    headers: told,
    body: isWorkbook ? await cellsOf(bytes) : Buffer.from(bytes).toString(),
  };
}

async function cellsOf(bytes: Uint8Array): Promise<string> {
  const rows: unknown[] = [];
  for await (const { values } of streamXlsxRows(bytes)) rows.push(values);
  return JSON.stringify(rows);
}

/** What of an answer must be the same: of measurements of the process only what is measured. */
function compared(named: SameNames, { path }: Question, told: Told): string {
  const body =
    path === '/metrics'
      ? told.body
          .replace(/ [\d.e+-]+$/gm, '')
          .split('\n')
          // Which garbage was collected so far is by chance.
          .filter((line) => !line.startsWith('nodejs_gc'))
          .toSorted()
          .join('\n')
      : told.body;
  return `${told.status} ${told.headers.join()} ${named.told(body)}`;
}

function isAnswered(told: Told, { path }: Question): boolean {
  if (told.status !== 200 || path) return told.status === 200;
  const { data, errors } = JSON.parse(told.body) as { data?: Record<string, unknown>; errors?: unknown[] };
  return !errors && Object.values(data ?? {}).every((value) => value !== null);
}

/** What was asked, and both answers where they part. */
function difference(asked: Question, one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(0, at - 300), at + 200);
  const { kind, path, variables } = asked;
  return `${path ?? kind} ${JSON.stringify(variables)}\n--- in one world\n…${part(one)}…\n--- in the other\n…${part(other)}…`;
}

/** Until what was started has ended, so that what is asked next meets the same in both worlds. */
async function idle({ server }: Twin): Promise<void> {
  for (;;) {
    const [row] = await server.database.source.query<{ open: number }[]>(
      `select count(*)::int as open from job where status in ('QUEUED', 'RUNNING')`,
    );
    if (row!.open === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function signInAgain(twin: Twin, email: string): Promise<void> {
  const login =
    'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';
  const { login: session } = await twin.server.ask<{ login: { token: string } }>(login, {
    email,
    password: admin.password,
  });
  twin.viewer = session.token;
}

/** Notes what the answers told, for later questions. */
function learn(asked: Question, told: Told): void {
  if (asked.path || told.status !== 200) return;
  const { data } = JSON.parse(told.body) as { data?: Record<string, unknown> };
  by.learn(data, names[0]);
  const cursor = /"hasNextPage":true,"endCursor":"([^"]+)"|"endCursor":"([^"]+)","hasNextPage":true/.exec(told.body);
  const { kind, variables } = asked;
  if (cursor && 'first' in variables)
    by.pages.push({ kind, variables, after: names[0].nameOf((cursor[1] ?? cursor[2])!, 'place') });
  const made = (data?.['createField'] as { key?: string } | null | undefined)?.key;
  if (made) by.own.push(made);
}

describe('two worlds that differ in what a viewer may not know', () => {
  it.each(Object.keys(alike) as FieldType[])('show one mask of both values of %s', (type) => {
    const [one, other] = alike[type];
    expect(one).not.toEqual(other);
    expect(fieldTypes[type].mask(one as never)).toBe(fieldTypes[type].mask(other as never));
  });

  it('are told apart by the administrator', async () => {
    for (const kind of ['Query.customers', 'Query.segments', 'Query.auditLog', '/exports/customers.csv']) {
      const path = kind.startsWith('/') ? { path: kind } : { document: documentOf(kind, []) };
      const asked: Question = { kind, variables: {}, ...path };
      const [one, other] = await Promise.all(
        ([0, 1] as const).map(async (index) =>
          compared(new SameNames(), asked, await ask(index, asked, twins[index].server.token)),
        ),
      );
      expect(one).not.toBe(other);
    }
  });

  it(`answer the viewer alike, whatever is asked (${count} questions)`, async () => {
    const tally = new Map(kinds.map((kind) => [kind, { answered: 0, refused: 0 }]));
    const differences: string[] = [];
    const askBoth = async (next: Question) => {
      instant += 20_000;
      const [one, other] = [await ask(0, next, twins[0].viewer), await ask(1, next, twins[1].viewer)];
      const [first, second] = [compared(names[0], next, one), compared(names[1], next, other)];
      if (first !== second) differences.push(difference(next, first, second));
      if (first.includes('"INTERNAL"')) differences.push(`a fault: ${difference(next, first, '')}`);
      tally.get(next.kind)![isAnswered(one, next) ? 'answered' : 'refused'] += 1;
      for (const twin of twins) await idle(twin);
      learn(next, one);
      if (next.kind === 'Mutation.logout')
        for (const [index, twin] of twins.entries()) await signInAgain(twin, emails[index]!);
    };
    for (let asked = 0; asked < count && differences.length === 0; asked += 1)
      await askBoth(question(asked < kinds.length * 2 ? kinds[asked % kinds.length]! : by.one(deck), by));
    // What chance has never asked rightly is asked until it is.
    for (const kind of kinds.filter((each) => !closed.has(each)))
      for (let more = 0; more < 60 && tally.get(kind)!.answered === 0 && differences.length === 0; more += 1)
        await askBoth(question(kind, by));
    report(tally);
    expect(differences.join('\n\n')).toBe('');
    const silent = [...tally].filter(([kind, { answered }]) => answered === 0 && !closed.has(kind));
    expect(silent.map(([kind]) => kind)).toEqual([]);
    expect(isDeepStrictEqual([...tally.keys()], kinds)).toBe(true);
  }, 900_000);
});

function report(tally: ReadonlyMap<string, { answered: number; refused: number }>): void {
  const sum = (which: 'answered' | 'refused') => [...tally.values()].reduce((total, each) => total + each[which], 0);
  const lines = [...tally].map(
    ([kind, { answered, refused }]) => `  ${kind}: ${answered} answered, ${refused} refused`,
  );
  process.stdout.write(
    `Twin worlds: ${sum('answered')} questions answered and ${sum('refused')} refused, alike in both\n${lines.join('\n')}\n`,
  );
}
