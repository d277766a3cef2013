import 'reflect-metadata';
import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { fillCustomers, startBenchServer, type BenchServer } from './bench-database.ts';
import { person } from './people.ts';
import { timed, type Timings } from './timings.ts';

/** `npm run bench [-- --customers N]`: how long lists, searches and saves take, through HTTP and GraphQL as a browser asks. */
const { values: options } = parseArgs({ options: { customers: { type: 'string', default: '1000000' } } });
const count = Number(options.customers);

const LIST = `query ($filter: Rule, $search: String, $sort: [SortInput!], $after: String) {
  customers(filter: $filter, search: $search, sort: $sort, after: $after) { nodes { id version values owner { id name } } pageInfo { hasNextPage endCursor } } }`;
const SAVE = `mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version } entered { id } left { id } } }`;
const CREATE_FIELD = 'mutation ($input: FieldInput!) { createField(input: $input) { key } }';

interface Listed {
  readonly customers: { readonly nodes: readonly { readonly id: string; readonly version: number }[] };
}

async function lists({ ask }: BenchServer): Promise<readonly Timings[]> {
  const times = (variables: object, length = 50) => Array.from({ length }, () => variables);
  const ask50 = (variables: object) => ask(LIST, variables);
  const filter = { and: [{ '>': [{ var: 'spend' }, 5_000] }, { '==': [{ var: 'level' }, 'gold'] }] };
  return [
    await timed('list, newest first', times({}), ask50),
    await timed('list, by a filter', times({ filter }), ask50),
    await timed('list, by name in pinyin order', times({ sort: [{ field: 'name' }] }, 10), ask50, 1),
  ];
}

/** What people type: whole names, one or two characters, pinyin, initials, parts of phones and addresses. */
function searches(): readonly string[] {
  const people = Array.from({ length: 40 }, (_, n) => person(n * 997));
  const typed = people.flatMap(({ name, phone, email }) => [
    name,
    name.slice(0, 1),
    name.slice(0, 2),
    phone.slice(3, 7),
    phone.slice(-4),
    phone.slice(3),
    email.split('@')[0]!,
  ]);
  return [
    ...typed,
    'zhang',
    'zhangwei',
    'zw',
    'lixy',
    'wang',
    'li ming',
    'qq.com',
    '138 qq.com',
    'nobody',
    'xq',
    'ouyang',
  ];
}

async function saves({ ask }: BenchServer): Promise<readonly Timings[]> {
  const { customers } = await ask<Listed>(LIST, {});
  const versions = new Map(customers.nodes.map(({ id, version }) => [id, version]));
  const edits = Array.from({ length: 500 }, (_, n) => ({ id: [...versions.keys()][n % versions.size]!, spend: n }));
  const edit = async ({ id, spend }: { id: string; spend: number }) => {
    const version = versions.get(id)!;
    await ask(SAVE, { input: { id, version, values: { spend } } });
    versions.set(id, version + 1);
  };
  const made = Array.from({ length: 500 }, (_, n) => person(10_000_000 + n));
  return [
    await timed('save, one field', edits, edit, 0),
    await timed('save, a new customer', made, (values) => ask(SAVE, { input: { values } }), 0),
  ];
}

async function manyFields(): Promise<readonly Timings[]> {
  const server = await startBenchServer();
  try {
    const keys = Array.from({ length: 500 }, (_, n) => `field_${n}`);
    const create = (key: string) => server.ask(CREATE_FIELD, { input: { key, type: 'NUMBER', label: key } });
    for (const key of keys.slice(0, -1)) await create(key);
    const last = await timed('the 500th field', keys.slice(-1), create, 0);
    const values = (n: number) => Object.fromEntries(keys.map((key, i) => [key, n + i]));
    const input = (n: number) => ({ input: { values: values(n) } });
    const rounds = Array.from({ length: 100 }, (_, n) => n);
    const save = await timed('save, 500 values', rounds, (n) => server.ask(SAVE, input(n)));
    return [last, save, await timed('list, 50 customers of 500 values', rounds, () => server.ask(LIST, {}))];
  } finally {
    await server.close();
  }
}

async function manyCustomers(): Promise<readonly Timings[]> {
  const server = await startBenchServer();
  try {
    const started = performance.now();
    await fillCustomers(server, count);
    process.stdout.write(`${count} customers made in ${Math.round((performance.now() - started) / 1000)} s\n`);
    const found = await timed('search', searches(), (search) => server.ask(LIST, { search }));
    return [...(await lists(server)), found, ...(await saves(server))];
  } finally {
    await server.close();
  }
}

new Console(process.stdout).table([...(await manyCustomers()), ...(await manyFields())]);
