import type { Rule } from '@kequn/rules';
import type { BenchServer } from './bench-database.ts';
import { oneFieldEdit, SAVE_CUSTOMER } from './one-field-edits.ts';
import { person } from './people.ts';
import type { Section } from './section.ts';
import { timed, type Timings } from './timings.ts';

/** A page of customers. */
export const LIST = `query ($filter: Rule, $search: String, $sort: [SortInput!], $after: String) {
  customers(filter: $filter, search: $search, sort: $sort, after: $after) { nodes { id version values owner { id name } } pageInfo { hasNextPage endCursor } } }`;

/** Lists, searches and saves among many customers. */
export const customersSection: Section = {
  name: 'customers',
  about: 'lists, searches and saves through GraphQL',
  async run({ filled }) {
    const server = await filled();
    const found = await timed('search', searches(), (search) => server.ask(LIST, { search }));
    return [...(await lists(server)), found, ...(await saves(server))];
  },
};

/** Who spent much and is of the highest level: about one in forty. */
export const goldSpenders: Rule = {
  and: [{ '>': [{ var: 'spend' }, 5_000] }, { '==': [{ var: 'level' }, 'gold'] }],
};

async function lists({ ask }: BenchServer): Promise<readonly Timings[]> {
  const times = (variables: object, length = 50) => Array.from({ length }, () => variables);
  const ask50 = (variables: object) => ask(LIST, variables);
  return [
    await timed('list, newest first', times({}), ask50),
    await timed('list, by a filter', times({ filter: goldSpenders }), ask50),
    await timed('list, by name in pinyin order', times({ sort: [{ field: 'name' }] }, 10), ask50, 1),
  ];
}

/** What people type: whole names, one or two characters, pinyin, initials, parts of phones and addresses. */
export function searches(): readonly string[] {
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

async function saves(server: BenchServer): Promise<readonly Timings[]> {
  const made = Array.from({ length: 500 }, (_, n) => person(10_000_000 + n));
  return [
    await timed('save, one field', Array.from({ length: 500 }), await oneFieldEdit(server)),
    await timed('save, a new customer', made, (values) => server.ask(SAVE_CUSTOMER, { input: { values } }), 0),
  ];
}
