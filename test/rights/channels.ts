import { fieldTypes, holders, type FieldType, type Json } from '@kequn/rules';
import type { Answer } from '../../server/src/testing/test-server.ts';
import { personRoute } from './operations.ts';
import { samples } from './samples.ts';
import { offerFiles, userOf, type World } from './world.ts';

/** What came of it: nothing is said of the field, its mask, its value, a refusal, or that it was done. */
export type Outcome = 'absent' | 'masked' | 'open' | 'unknown' | 'forbidden' | 'read-only' | 'done';

/** One field of one viewer, to be asked through a channel. */
export interface Cell {
  readonly world: World;
  readonly token: string;
  readonly type: FieldType;
  /** The key of the field, or of what is computed of it. */
  readonly key: string;
  readonly computed: boolean;
}

/** A way to data: by showing a value, by using the field to find something out, or by writing. */
export interface Channel {
  readonly name: string;
  readonly kind: 'show' | 'show of nobody' | 'use' | 'write' | 'find' | 'leave out';
  /** Whether there is such a way for fields of a type. */
  applies?(type: FieldType): boolean;
  ask(cell: Cell): Promise<Outcome>;
}

const rule = (key: string) => ({ '!=': [{ var: key }, null] });

function refusalOf({ errors }: Answer<unknown>): Outcome | undefined {
  const extensions = errors?.[0]?.extensions as { code: string; issues?: { code: string }[] } | undefined;
  if (!extensions) return undefined;
  const codes = new Set([extensions.code, ...(extensions.issues ?? []).map(({ code }) => code)]);
  // What may not be known to be there is answered as what is not there.
  if (codes.has('UNKNOWN_FIELD') || codes.has('NOT_FOUND')) return 'unknown';
  if (codes.has('FIELD_FORBIDDEN')) return 'forbidden';
  if (codes.has('READ_ONLY')) return 'read-only';
  throw new Error(JSON.stringify(errors));
}

async function call<T>({ world, token }: Cell, query: string, variables: object): Promise<Answer<T>> {
  return world.server.call<T>(query, variables, { token });
}

function shown(values: Readonly<Record<string, Json>>, { key, type, computed }: Cell): Outcome {
  const held = computed ? holders[fieldTypes[type].valueType] : type;
  if (!Object.hasOwn(values, key)) return 'absent';
  const value = values[key]!;
  if (JSON.stringify(value) === JSON.stringify(samples[type].value)) return 'open';
  if (value === fieldTypes[held].mask(samples[type].value as never)) return 'masked';
  throw new Error(`${key} is shown as ${JSON.stringify(value)}`);
}

type Listed = { customers: { nodes: { id: string; values: Record<string, Json> }[] } };

interface Answers {
  readonly nodes: readonly {
    readonly values: Record<string, Json>;
    readonly customer: { readonly id: string } | null;
  }[];
}

/** Whether the customer in the east is found. */
function found(answer: Answer<Listed>, { world }: Cell): Outcome {
  const isThere = answer.data.customers.nodes.some(({ id }) => id === world.east);
  return refusalOf(answer) ?? (isThere ? 'open' : 'absent');
}

const LIST = `query ($filter: Rule, $search: String, $sort: [SortInput!]) {
  customers(filter: $filter, search: $search, sort: $sort) { nodes { id values } } }`;
const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }';

async function list(cell: Cell, variables: object): Promise<Outcome> {
  const answer = await call<Listed>(cell, LIST, variables);
  return refusalOf(answer) ?? found(answer, cell);
}

/** Whether the answer of the customer in the east is found. */
async function listAnswers(cell: Cell, matching: object): Promise<Outcome> {
  const query = `query ($id: ID!, $matching: AnswerMatchInput) {
    submissions(formId: $id, first: 500, matching: $matching) { nodes { values customer { id } } } }`;
  const answer = await call<{ submissions: Answers }>(cell, query, { id: cell.world.form, matching });
  const refusal = refusalOf(answer);
  if (refusal) return refusal;
  return answer.data.submissions.nodes.some(({ customer }) => customer?.id === cell.world.east) ? 'open' : 'absent';
}

async function save(cell: Cell, value: Json): Promise<Answer<unknown>> {
  const { server, east } = cell.world;
  const { customer } = await server.ask<{ customer: { version: number } }>(
    'query ($id: ID!) { customer(id: $id) { version } }',
    { id: east },
  );
  if (cell.type === 'FILE') await offerFiles(server, { userId: await userOf(server, cell.token) });
  return call(cell, SAVE, { input: { id: east, version: customer.version, values: { [cell.key]: value } } });
}

/** Every way to the value of one field. */
export const channels: readonly Channel[] = [
  {
    name: 'customer',
    kind: 'show',
    async ask(cell) {
      const query = 'query ($id: ID!) { customer(id: $id) { values } }';
      const { data } = await call<{ customer: { values: Record<string, Json> } }>(cell, query, { id: cell.world.east });
      return shown(data.customer.values, cell);
    },
  },
  {
    name: 'customers',
    kind: 'show',
    async ask(cell) {
      const { data } = await call<Listed>(cell, LIST, {});
      return shown(data.customers.nodes.find(({ id }) => id === cell.world.east)!.values, cell);
    },
  },
  {
    name: 'auditLog',
    kind: 'show',
    async ask(cell) {
      // Cells before this one have written as much that a page holds no more of it.
      const query =
        'query ($id: ID!) { auditLog(customerId: $id, search: "customer.created", first: 5) { nodes { action changes } } }';
      type Entries = { auditLog: { nodes: { action: string; changes: Record<string, { to: Json }> }[] } };
      const { data } = await call<Entries>(cell, query, { id: cell.world.east });
      const { changes } = data.auditLog.nodes.find(({ action }) => action === 'customer.created')!;
      return shown(Object.fromEntries(Object.entries(changes).map(([key, { to }]) => [key, to])), cell);
    },
  },
  {
    name: 'submissions',
    kind: 'show',
    async ask(cell) {
      const query = 'query ($id: ID!) { submissions(formId: $id, first: 500) { nodes { values customer { id } } } }';
      const { data } = await call<{ submissions: Answers }>(cell, query, { id: cell.world.form });
      return shown(data.submissions.nodes.find(({ customer }) => customer?.id === cell.world.east)!.values, cell);
    },
  },
  {
    name: 'reviews',
    kind: 'show of nobody',
    applies: (type) => type !== 'USER',
    async ask(cell) {
      const query = 'query { reviews(first: 500) { nodes { values customer { id } } } }';
      const { data } = await call<{ reviews: Answers }>(cell, query, {});
      const [review] = data.reviews.nodes;
      // What a formula computes does not stand on that form: it is asked by the field that it reads.
      const key = cell.computed ? cell.key.replace('of_', '') : cell.key;
      return review ? shown(review.values, { ...cell, key, computed: false }) : 'absent';
    },
  },
  {
    name: 'answerDistribution',
    kind: 'use',
    async ask(cell) {
      const query =
        'query ($id: ID!, $key: ID!) { answerDistribution(formId: $id, fieldKey: $key) { answers filled } }';
      const answer = await call<{ answerDistribution: { answers: number; filled: number } }>(cell, query, {
        id: cell.world.form,
        key: cell.key,
      });
      return refusalOf(answer) ?? 'open';
    },
  },
  {
    name: 'filter(answers)',
    kind: 'use',
    ask: (cell) => listAnswers(cell, { filter: rule(cell.key) }),
  },
  {
    name: 'filter(charts of answers)',
    kind: 'use',
    async ask(cell) {
      const query =
        'query ($id: ID!, $filter: Rule) { answerDistributions(formId: $id, fieldKeys: [], matching: { filter: $filter }) { answers } }';
      return refusalOf(await call(cell, query, { id: cell.world.form, filter: rule(cell.key) })) ?? 'open';
    },
  },
  {
    name: 'exports(filtered answers)',
    kind: 'use',
    async ask(cell) {
      const filter = encodeURIComponent(JSON.stringify(rule(cell.key)));
      const { status, text } = await fetchExport(cell, `?form=${cell.world.form}&filter=${filter}`, 'submissions');
      if (text.includes('UNKNOWN_FIELD')) return 'unknown';
      if (text.includes('FIELD_FORBIDDEN')) return 'forbidden';
      if (status !== 200) throw new Error(text);
      return text.includes(`,${cell.world.east},`) ? 'open' : 'absent';
    },
  },
  {
    name: 'search(answers)',
    kind: 'find',
    applies: (type) => fieldTypes[type].searchable,
    ask: (cell) => listAnswers(cell, { search: String(samples[cell.type].value) }),
  },
  { name: 'filter', kind: 'use', ask: (cell) => list(cell, { filter: rule(cell.key) }) },
  { name: 'sort', kind: 'use', ask: (cell) => list(cell, { sort: [{ field: cell.key }] }) },
  {
    name: 'search',
    kind: 'find',
    applies: (type) => fieldTypes[type].searchable,
    ask: (cell) => list(cell, { search: String(samples[cell.type].value) }),
  },
  {
    name: 'previewRule',
    kind: 'use',
    async ask(cell) {
      const query = 'query ($rule: Rule!) { previewRule(rule: $rule, sample: 20) { count sample { id } } }';
      const answer = await call<{ previewRule: { sample: { id: string }[] } }>(cell, query, { rule: rule(cell.key) });
      const refusal = refusalOf(answer);
      if (refusal) return refusal;
      return answer.data.previewRule.sample.some(({ id }) => id === cell.world.east) ? 'open' : 'absent';
    },
  },
  {
    name: 'explain',
    kind: 'use',
    async ask(cell) {
      const query = 'query ($id: ID!, $rule: Rule) { explain(customerId: $id, rule: $rule) { result } }';
      const answer = await call(cell, query, { id: cell.world.east, rule: rule(cell.key) });
      return refusalOf(answer) ?? 'open';
    },
  },
  {
    name: 'saveSegment',
    kind: 'use',
    async ask(cell) {
      const query = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id members { nodes { id } } } }';
      const answer = await call<{ saveSegment: { id: string } }>(cell, query, {
        input: { name: 'x', rule: rule(cell.key) },
      });
      const refusal = refusalOf(answer);
      if (refusal) return refusal;
      await cell.world.server.ask('mutation ($id: ID!) { deleteSegment(id: $id) }', { id: answer.data.saveSegment.id });
      return 'open';
    },
  },
  {
    name: 'createField(formula)',
    kind: 'use',
    applies: (type) => type === 'TEXT' || type === 'NUMBER',
    async ask(cell) {
      const formula = { if: [rule(cell.key), 1, 2] };
      const query = 'query ($rule: Rule!) { previewRule(rule: $rule) { text } }';
      return refusalOf(await call(cell, query, { rule: { '>': [formula, 0] } })) ?? 'open';
    },
  },
  {
    name: 'exports(columns)',
    kind: 'use',
    async ask(cell) {
      const { status, text } = await fetchExport(cell, `?columns=name,${cell.key}`);
      if (text.includes('UNKNOWN_FIELD')) return 'unknown';
      if (text.includes('FIELD_FORBIDDEN')) return 'forbidden';
      if (status !== 200) throw new Error(text);
      return new RegExp(`^${cell.world.name},.+$`, 'm').test(text) ? 'open' : 'absent';
    },
  },
  {
    name: 'exports',
    kind: 'leave out',
    async ask(cell) {
      const { text } = await fetchExport(cell, '');
      return text
        .split('\r\n')[0]!
        .split(',')
        .includes(cell.computed ? 'computed' : cell.key)
        ? 'open'
        : 'absent';
    },
  },
  {
    name: 'exports(answers)',
    kind: 'leave out',
    async ask(cell) {
      const { text } = await fetchExport(cell, `?form=${cell.world.form}`, 'submissions');
      const header = text.split('\r\n')[0]!.split(',');
      return header.includes(cell.computed ? 'computed' : cell.key) ? 'open' : 'absent';
    },
  },
  {
    name: 'exports(person)',
    kind: 'show',
    async ask(cell) {
      const answer = await fetch(cell.world.server.url + personRoute(cell.world.east), {
        headers: { authorization: `Bearer ${cell.token}` },
      });
      const { customer } = (await answer.json()) as { customer: { values: { key: string; value: Json }[] } };
      return shown(Object.fromEntries(customer.values.map(({ key, value }) => [key, value])), cell);
    },
  },
  {
    name: 'exports(audit log)',
    kind: 'show',
    async ask(cell) {
      const query = `?customerId=${cell.world.east}&search=customer.created`;
      const { text } = await fetchExport(cell, query, 'audit-log');
      // The last cell of the last line is JSON, its quotes doubled.
      const changes = /,"(\{.*\})"\r\n$/.exec(text)![1]!.replaceAll('""', '"');
      const told = JSON.parse(changes) as Record<string, { to: Json }>;
      return shown(Object.fromEntries(Object.entries(told).map(([key, { to }]) => [key, to])), cell);
    },
  },
  {
    name: 'valueTaken',
    kind: 'use',
    async ask(cell) {
      const query = 'query ($key: ID!, $value: JSON!) { valueTaken(fieldKey: $key, value: $value) }';
      return refusalOf(await call(cell, query, { key: cell.key, value: samples[cell.type].value })) ?? 'open';
    },
  },
  {
    name: 'fieldDistribution',
    kind: 'use',
    applies: (type) => fieldTypes[type].valueType === 'NUMBER',
    async ask(cell) {
      const query = 'query ($key: ID!) { fieldDistribution(fieldKey: $key) { min max } }';
      return refusalOf(await call(cell, query, { key: cell.key })) ?? 'open';
    },
  },
  {
    name: 'saveCustomer',
    kind: 'write',
    async ask(cell) {
      const refusal = refusalOf(await save(cell, samples[cell.type].other));
      if (refusal) return refusal;
      await save({ ...cell, token: cell.world.server.token }, samples[cell.type].value);
      return 'done';
    },
  },
  {
    name: 'updateCustomers',
    kind: 'write',
    // A file is one customer's.
    applies: (type) => type !== 'FILE',
    async ask(cell) {
      const query = `mutation ($values: JSON!, $ids: [ID!]) { updateCustomers(selection: { ids: $ids }, values: $values) { id } }`;
      // Nobody is selected: what is refused is refused whoever would get it.
      const answer = await call(cell, query, { values: { [cell.key]: samples[cell.type].other }, ids: [] });
      return refusalOf(answer) ?? 'done';
    },
  },
];

async function fetchExport(
  { world, token }: Cell,
  query: string,
  name: 'customers' | 'audit-log' | 'submissions' = 'customers',
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${world.server.url}/exports/${name}.csv${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, text: await answer.text() };
}
