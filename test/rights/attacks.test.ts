import { inflateRawSync } from 'node:zlib';
import { operators } from '@kequn/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveCustomer } from '../../server/src/testing/calls.ts';
import {
  type Attacked,
  canaries,
  CUSTOMER,
  LIST,
  postTo,
  PREVIEW,
  secret,
  type Seen,
  startAttacked,
} from './attacked.ts';
import { documentOf, schema } from './documents.ts';
import { computedOf } from './shapes.ts';

let attacked: Attacked;
beforeAll(async () => {
  attacked = await startAttacked();
});
afterAll(() => attacked.world.server.close());

/** The bytes of an answer. */
const post = (query: string, variables: object, token: string | null) =>
  postTo(attacked.world.server, query, variables, token);

const stored = async () => (await attacked.world.server.ask<Seen>(CUSTOMER, { id: attacked.world.east })).customer;

/** Asks the same of a hidden field and of one that does not exist: what is answered, and that it is the same refusal. */
async function asUnknown(query: string, variables: (key: string) => object, code: string, key = secret): Promise<void> {
  const missing = key.replace('x_', 'y_');
  const told = await post(query, variables(key), attacked.hidden);
  expect(told).toContain(code);
  expect(told.replaceAll(key, 'KEY')).toBe(
    (await post(query, variables(missing), attacked.hidden)).replaceAll(missing, 'KEY'),
  );
}

describe('what is shown', () => {
  it('P01 by alias, fragment, column, in lists within lists: no byte of a hidden value', async () => {
    const told = await post(
      `query ($id: ID!) {
         a: customer(id: $id) { ...all b: values memberships { segment { rule members { nodes { c: values } } } } }
         customers { nodes { ...all d: values } }
         segments { members { nodes { ...all } } history { customer { ...all } } } }
       fragment all on Customer { id values membershipHistory { segment { ruleText } } }`,
      { id: attacked.world.east },
      attacked.hidden,
    );
    expect(told).toContain('"name":"An"');
    for (const canary of canaries) expect(told).not.toContain(canary);
    for (const column of [secret, `f_${secret}`, `values { ${secret} }`])
      expect(
        await post(
          `query ($id: ID!) { customer(id: $id) { ${column} } }`,
          { id: attacked.world.east },
          attacked.hidden,
        ),
      ).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  it('P07 an export has no column, name, comment, sheet or shared text of a hidden field', async () => {
    for (const path of ['csv', 'xlsx', `csv?filter=${encodeURIComponent('{"==":[{"var":"name"},"An"]}')}`]) {
      const answer = await fetch(`${attacked.world.server.url}/exports/customers.${path}`, {
        headers: { authorization: `Bearer ${attacked.hidden}` },
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const text = path === 'xlsx' ? partsOf(bytes) : bytes.toString();
      expect(text).toContain('An');
      for (const trace of [...canaries, 'x_', 'computed']) expect(text).not.toContain(trace);
      if (path === 'xlsx') expect([...text.matchAll(/<sheet /g)].length).toBe(1);
    }
  });

  it('P11 the mask of a value is one, in every language and list', async () => {
    const masks = new Set<string>();
    for (const language of ['en', 'zh-CN'])
      for (const query of [
        'query ($id: ID!) { customer(id: $id) { values } }',
        '{ customers { nodes { id values } } }',
      ]) {
        const { data } = await attacked.world.server.call<{
          customer?: { values: object };
          customers?: { nodes: { id: string; values: object }[] };
        }>(query, { id: attacked.world.east }, { token: attacked.masked, headers: { 'accept-language': language } });
        const seen = data.customer ?? data.customers!.nodes.find(({ id }) => id === attacked.world.east)!;
        masks.add(JSON.stringify(seen.values));
      }
    expect(masks.size).toBe(1);
    for (const canary of canaries.filter((each) => each !== 'canary')) expect([...masks][0]).not.toContain(canary);
  });

  it('P22 what is reached by way of something else is asked for its own rights', async () => {
    const owned = await saveCustomer(attacked.world.server, {
      values: { name: 'Owned', city: 'east', [secret]: 48_151 },
      ownerId: (await attacked.world.server.ask<{ me: { id: string } }>('{ me { id } }')).me.id,
    });
    const told = await post(
      `query ($id: ID!) { customer(id: $id) { owner { name email attributes capabilities roles { name } }
         memberships { segment { key } } events { id } } segments { key rule members { totalCount } owner { email } } }`,
      { id: owned.customer.id },
      attacked.hidden,
    );
    expect(told).toContain('"owner":{"name":"admin","email":null,"attributes":{},"capabilities":[],"roles":[]}');
    expect(told).toContain('"memberships":[],"events":[]');
    expect(told).toContain('"key":"secretly","rule":null,"members":null');
    expect(told).not.toContain('admin@example.com');
  });
});

/** All parts of a workbook, unpacked, one behind the other. */
function partsOf(zip: Buffer): string {
  const parts: string[] = [];
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let entry = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, size] = [zip.readUInt16LE(entry + 10), zip.readUInt32LE(entry + 20)];
    const local = zip.readUInt32LE(entry + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    parts.push((method === 0 ? packed : inflateRawSync(packed)).toString());
    entry += 46 + [28, 30, 32].reduce((sum, at) => sum + zip.readUInt16LE(entry + at), 0);
  }
  return parts.join('\n');
}

describe('what is asked by', () => {
  it.each([...operators.keys()])('P02 %s: of a hidden field as of one that is not there', async (operation) => {
    const read = (name: string) => ({ [operation]: [{ var: name }, 1] });
    for (const key of [secret, computedOf(secret)]) {
      await asUnknown(LIST, (name) => ({ filter: read(name) }), 'RULE_INVALID', key);
      for (const put of [
        (name: string) => ({ and: [true, { or: [{ '!': [read(name)] }, false] }] }),
        (name: string) => ({ [operation]: { var: name } }),
        (name: string) => ({ '==': [read(name), { var: 'city' }] }),
      ])
        await asUnknown(PREVIEW, (name) => ({ rule: put(name) }), 'RULE_INVALID', key);
    }
  });

  it.each([
    ['dotted', (key: string) => ({ '>': [{ var: `${key}.value` }, 1] })],
    ['within values', (key: string) => ({ '>': [{ var: `values.${key}` }, 1] })],
    ['by its column', (key: string) => ({ '>': [{ var: `f_${key}` }, 1] })],
    ['by table and column', (key: string) => ({ '>': [{ var: `c.f_${key}` }, 1] })],
    ['in another case', (key: string) => ({ '>': [{ var: key.toUpperCase() }, 1] })],
    ['as a list', (key: string) => ({ '>': [{ var: [key] }, 1] })],
    ['with a default', (key: string) => ({ '>': [{ var: [key, 0] }, 1] })],
    ['as an object', (key: string) => ({ [key]: { '>': 1 } })],
    ['as a list of lists', (key: string) => [['>', [{ var: key }, 1]]]],
    ['by what another has', (key: string) => ({ miss: [key] })],
    ['as the whole record', () => ({ '>': [{ var: '' }, 1] })],
    ['by its prototype', () => ({ '>': [{ var: '__proto__' }, 1] })],
  ])('P02 a key that is written %s: refused as of one that is not there', async (_, put) => {
    await asUnknown(LIST, (key) => ({ filter: put(key) }), 'RULE_INVALID');
    await asUnknown(PREVIEW, (key) => ({ rule: put(key) }), 'RULE_INVALID');
  });

  it('P03 an order, a place in it, a value that nobody else has: refused; places hold no hidden value', async () => {
    await asUnknown(LIST, (key) => ({ sort: [{ field: key }] }), 'VALIDATION_FAILED');
    await asUnknown(
      LIST,
      (key) => ({ sort: [{ field: 'name' }, { field: key, descending: true }] }),
      'VALIDATION_FAILED',
    );
    const taken = 'query ($key: ID!) { valueTaken(fieldKey: $key, value: 48151) }';
    await asUnknown(taken, (key) => ({ key }), 'NOT_FOUND');
    const { data } = await attacked.world.server.call<{ customers: { pageInfo: { endCursor: string } } }>(
      LIST,
      { sort: [{ field: 'name' }], first: 1 },
      { token: attacked.hidden },
    );
    const place = Buffer.from(data.customers.pageInfo.endCursor, 'base64url').toString();
    for (const canary of canaries) expect(place).not.toContain(canary);
    const { of } = JSON.parse(place) as { of: string };
    const forged = Buffer.from(JSON.stringify({ v: [48_151], id: attacked.world.east, of })).toString('base64url');
    await asUnknown(LIST, (key) => ({ sort: [{ field: key }], after: forged }), 'VALIDATION_FAILED');
    expect(await post(LIST, { after: forged }, attacked.hidden)).toContain('VALIDATION_FAILED');
  });

  it('P04 smallest, largest, average, groups: nothing groups, and the one spread there is does not exist of it', async () => {
    await asUnknown(
      'query ($key: ID!) { fieldDistribution(fieldKey: $key) { min max shares } }',
      (key) => ({ key }),
      'NOT_FOUND',
    );
    const names = Object.values(schema.getQueryType()!.getFields()).flatMap(({ name, args }) => [
      name,
      ...args.map((arg) => arg.name),
    ]);
    expect(names.filter((name) => /group|aggregate|distinct|^(min|max|avg|sum)$/i.test(name))).toEqual([]);
    for (const operation of ['min', 'max', 'avg', 'sum', 'min_of', 'max_of', 'count'])
      await asUnknown(PREVIEW, (key) => ({ rule: { '>': [{ [operation]: [{ var: key }, 1] }, 0] } }), 'RULE_INVALID');
  });

  it.each(['hidden', 'masked'])(
    'P05 a search for what stands in %s fields alone: as for any other word',
    async (which) => {
      const token = which === 'hidden' ? attacked.hidden : attacked.masked;
      const found = async (search: string) =>
        (await attacked.world.server.ask<{ customers: { totalCount: number } }>(LIST, { search }, { token })).customers
          .totalCount;
      const words = [
        'canary',
        '48151',
        '13812341234',
        '12341234',
        'canary@example.com',
        'example.com',
        '丁香',
        'dx',
        'gold',
      ];
      for (const word of words) expect(await found(word)).toBe(await found('qzxv'));
      expect(await found('An')).toBeGreaterThan(0);
    },
  );

  it('P06 a rule that is made, changed, tried, explained, taken over: refused; another’s is closed', async () => {
    const rule = (key: string) => ({ '>': [{ var: key }, 1] });
    const save = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id version } }';
    await asUnknown(save, (key) => ({ input: { name: 'x', rule: rule(key) } }), 'RULE_INVALID');
    const own = await attacked.world.server.ask<{ saveSegment: { id: string; version: number } }>(
      save,
      { input: { name: 'own', rule: { '==': [{ var: 'name' }, 'An'] } } },
      { token: attacked.hidden },
    );
    const mine = { ...own.saveSegment, name: 'own' };
    await asUnknown(save, (key) => ({ input: { ...mine, rule: rule(key) } }), 'RULE_INVALID');
    await asUnknown(PREVIEW, (key) => ({ rule: rule(key) }), 'RULE_INVALID');
    const explain = 'query ($id: ID!, $rule: Rule) { explain(customerId: $id, rule: $rule) { result tree } }';
    await asUnknown(explain, (key) => ({ id: attacked.world.east, rule: rule(key) }), 'RULE_INVALID');
    for (const operation of ['exportRule', 'importRule'])
      await asUnknown(documentOf(`Query.${operation}`, ['rule']), (key) => ({ rule: rule(key) }), 'RULE_INVALID');
    const view = 'mutation ($input: CustomerViewInput!) { saveCustomerView(input: $input) { id } }';
    await asUnknown(view, (key) => ({ input: { name: 'x', filter: rule(key) } }), 'RULE_INVALID');
    const asking = async (key: string) =>
      (await post(PREVIEW, { rule: { in_segment: [key] } }, attacked.hidden)).replaceAll(key, 'KEY');
    expect(await asking('secretly')).toBe(await asking('nosuchxx'));
    const told = await post(
      'query ($id: ID!) { segment(id: $id) { rule ruleText memberCount members { totalCount } versions { rule } } }',
      { id: attacked.things.segment },
      attacked.hidden,
    );
    expect(told).toContain('{"rule":null,"ruleText":null,"memberCount":null,"members":null,"versions":[]}');
    const byMe = 'query ($id: ID!, $segment: ID) { explain(customerId: $id, segmentId: $segment) { tree } }';
    expect(await post(byMe, { id: attacked.world.east, segment: attacked.things.segment }, attacked.hidden)).toContain(
      'FORBIDDEN',
    );
  });

  it('P08 the record of changes and former rules hold neither side of a hidden value', async () => {
    const { version } = await stored();
    await saveCustomer(attacked.world.server, { id: attacked.world.east, version, values: { [secret]: 777_111 } });
    await saveCustomer(attacked.world.server, {
      id: attacked.world.east,
      version: version + 1,
      values: { [secret]: 48_151 },
    });
    const log = documentOf('Query.auditLog', ['customerId', 'first']);
    const told = await post(log, { customerId: attacked.world.east, first: 100 }, attacked.hidden);
    expect(told).toContain('customer.updated');
    for (const trace of [...canaries, '777111', secret]) expect(told).not.toContain(trace);
    const back = 'mutation ($id: ID!) { restoreSegmentVersion(id: $id, number: 1) { id rule } }';
    expect(await post(back, { id: attacked.things.segment }, attacked.hidden)).toContain('FORBIDDEN');
  });
});
