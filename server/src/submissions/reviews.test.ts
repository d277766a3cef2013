import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FieldAccess } from '../access/role.ts';
import { answerForm, openForm, type OpenForm } from '../testing/answer-calls.ts';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let form: OpenForm;
/** A customer in the east with a phone number, and an answer that may be theirs. */
let known: { readonly id: string; readonly version: number };
let review: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'phone', type: 'PHONE', label: 'Phone' },
    { key: 'age', type: 'NUMBER', label: 'Age', validation: { max: 150 } },
    { key: 'income', type: 'MONEY', label: 'Income' },
    { key: 'card', type: 'TEXT', label: 'Card', unique: true },
    { key: 'must', type: 'TEXT', label: 'Must', required: true },
    { key: 'twice', type: 'FORMULA', label: 'Twice', formula: { '*': [{ var: 'age' }, 2] } },
  ]);
  form = await openForm(server, ['name', 'city', 'phone', 'age', 'income', 'card', 'twice']);
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.database.source.query(
    `delete from submission; delete from customer_identity; delete from customer_duplicate; delete from customer_search;
     delete from membership; delete from customer`,
  );
  const values = { name: 'An', city: 'east', phone: '13800138000', age: 20, must: 'x' };
  known = (await saveCustomer(server, { values })).customer;
  review = await answerForm(server, form, { name: 'Ann', phone: '13800138000', age: 30, income: 5 });
});

const RESOLVE = `mutation ($id: ID!, $customerId: ID, $fields: [ID!], $version: Int) {
  resolveReview(submissionId: $id, customerId: $customerId, fields: $fields, version: $version) { id version values } }`;
const DISMISS = 'mutation ($id: ID!) { dismissReview(submissionId: $id) }';
const BRING_BACK = 'mutation ($id: ID!) { bringBackReview(submissionId: $id) }';
const REVIEWS = '{ reviews { totalCount nodes { id matches { id } } } }';

interface Decided {
  readonly id: string;
  readonly version: number;
  readonly values: Record<string, unknown>;
}

const resolve = async (more: object = {}, token = server.token) =>
  (await server.ask<{ resolveReview: Decided }>(RESOLVE, { id: review, ...more }, { token })).resolveReview;
const refusal = (more: object = {}, token = server.token) => refusalOf(server, RESOLVE, { id: review, ...more }, token);
const stored = () =>
  server.database.source.query<{ status: string; customer: string | null; matches: string[]; by: string | null }[]>(
    'select status, customer_id as customer, matches, resolved_by as by from submission order by id',
  );
const waiting = async (token = server.token) =>
  (
    await server.ask<{ reviews: { totalCount: number; nodes: { matches: { id: string }[] }[] } }>(
      REVIEWS,
      {},
      { token },
    )
  ).reviews;
const signIn = async (...roles: readonly (readonly [object, Readonly<Record<string, FieldAccess>>?])[]) =>
  server.signInAs(await Promise.all(roles.map(([parts, entries]) => makeRole(server, parts, entries))));
const inEast = { rowScope: { '==': [{ var: 'city' }, 'east'] } };

describe('an answer that is put into a customer', () => {
  test('gives them all that was filled in, and empties nothing', async () => {
    const segment = await activeSegment(server, 'adults', { '>=': [{ var: 'age' }, 25] });
    const { id, version, values } = await resolve({ customerId: known.id });
    expect([id, version]).toEqual([known.id, 2]);
    expect(values).toMatchObject({ name: 'Ann', city: 'east', age: 30, income: 5, twice: 60, must: 'x' });
    expect(await stored()).toMatchObject([
      { status: 'SAVED', customer: known.id, matches: [], by: expect.any(String) },
    ]);
    expect((await waiting()).totalCount).toBe(0);
    const { segment: counted } = await server.ask<{ segment: { memberCount: number } }>(
      `{ segment(id: "${segment.id}") { memberCount } }`,
    );
    expect(counted.memberCount).toBe(1);
  });

  test('gives the fields that are named', async () => {
    const { values } = await resolve({ customerId: known.id, fields: ['age', 'city'] });
    expect(values).toMatchObject({ name: 'An', city: 'east', age: 30, income: null });
  });

  test('may be nothing more than that it was theirs', async () => {
    const { values } = await resolve({ customerId: known.id, fields: [] });
    expect(values).toMatchObject({ name: 'An', age: 20 });
    expect(await stored()).toMatchObject([{ status: 'SAVED', customer: known.id }]);
  });

  test('is told in the audit log, as a save and as a decision', async () => {
    await resolve({ customerId: known.id, fields: ['age'] });
    const { auditLog } = await server.ask<{ auditLog: { nodes: object[] } }>(
      '{ auditLog(first: 2) { nodes { action target changes actor { name } } } }',
    );
    expect(auditLog.nodes).toEqual([
      {
        action: 'review.joined',
        target: `submission:${review}`,
        changes: { formId: form.id, customerId: known.id },
        actor: { name: expect.any(String) },
      },
      {
        action: 'customer.updated',
        target: `customer:${known.id}`,
        changes: { age: { from: 20, to: 30 }, twice: { from: 40, to: 60 } },
        actor: { name: expect.any(String) },
      },
    ]);
  });

  test.each([
    ['a field that was not asked for', { fields: ['must'] }, 'VALIDATION_FAILED, must UNKNOWN_FIELD'],
    ['a field that there is not', { fields: ['no'] }, 'VALIDATION_FAILED, no UNKNOWN_FIELD'],
    ['what a formula computes', { fields: ['twice'] }, 'FIELD_FORBIDDEN'],
    ['another version than the present one', { version: 7 }, 'CONFLICT'],
    ['a customer who is not there', { customerId: '018f0000-0000-7000-8000-000000000000' }, 'NOT_FOUND'],
  ])('is refused for %s', async (_, more, code) => {
    expect(await refusal({ customerId: known.id, ...more })).toBe(code);
    expect(await stored()).toMatchObject([{ status: 'REVIEW', customer: null, matches: [known.id] }]);
  });

  test('P71 tells what is wrong with it as a save does, and leaves everything as it was', async () => {
    await server.ask(`mutation { updateField(key: "age", input: { validation: { max: 25 } }) { key } }`);
    expect(await refusal({ customerId: known.id })).toMatch(/^VALIDATION_FAILED, age /);
    expect(await stored()).toMatchObject([{ status: 'REVIEW' }]);
    await server.ask(`mutation { updateField(key: "age", input: { validation: { max: 150 } }) { key } }`);
  });
});

describe('an answer that becomes a new customer', () => {
  test('is asked for no more than the form did', async () => {
    const { id, version, values } = await resolve();
    expect(id).not.toBe(known.id);
    expect([version, values]).toMatchObject([1, { name: 'Ann', age: 30, twice: 60, must: null }]);
    expect(await stored()).toMatchObject([{ status: 'SAVED', customer: id }]);
  });

  test('is refused a unique value that the other one has, and is made without it', async () => {
    await saveCustomer(server, { ...known, values: { card: '1' } });
    review = await answerForm(server, form, { name: 'Ann', card: '1' });
    expect(await refusal()).toBe('VALIDATION_FAILED, card NOT_UNIQUE');
    expect((await resolve({ fields: ['name'] })).values).toMatchObject({ name: 'Ann', card: null });
  });

  test('needs the right to create customers', async () => {
    const fields = ['name', 'phone', 'age', 'income', 'card', 'city'];
    const entries = Object.fromEntries(fields.map((key) => [key, 'WRITE' as const]));
    const token = await signIn([{ defaultAccess: 'READ' }, entries]);
    expect(await refusal({}, token)).toBe('FORBIDDEN');
    expect(await refusal({ customerId: known.id }, token)).toBeUndefined();
  });
});

describe('an answer that is put aside', () => {
  test('is nobody’s, and decided', async () => {
    expect(await server.ask(DISMISS, { id: review })).toEqual({ dismissReview: true });
    expect(await stored()).toMatchObject([{ status: 'DISMISSED', customer: null }]);
    expect((await waiting()).totalCount).toBe(0);
    expect(await refusalOf(server, DISMISS, { id: review })).toBe('CONFLICT');
    expect(await refusal({ customerId: known.id })).toBe('CONFLICT');
  });
});

describe('an answer that is brought back', () => {
  const bringBack = (token = server.token) => refusalOf(server, BRING_BACK, { id: review }, token);

  test('waits again, undecided, and the audit log tells who brought it back', async () => {
    expect(await bringBack()).toBe('CONFLICT');
    await server.ask(DISMISS, { id: review });
    const dismissed = '{ reviews(dismissed: true) { totalCount nodes { id } } }';
    expect(await server.ask(dismissed)).toEqual({ reviews: { totalCount: 1, nodes: [{ id: review }] } });
    expect(await server.ask(BRING_BACK, { id: review })).toEqual({ bringBackReview: true });
    expect(await stored()).toEqual([{ status: 'REVIEW', customer: null, matches: [known.id], by: null }]);
    expect(await waiting()).toMatchObject({ totalCount: 1, nodes: [{ matches: [{ id: known.id }] }] });
    const { auditLog } = await server.ask<{ auditLog: { nodes: object[] } }>(
      '{ auditLog(first: 1) { nodes { action target changes } } }',
    );
    expect(auditLog.nodes).toEqual([
      { action: 'review.broughtBack', target: `submission:${review}`, changes: { formId: form.id } },
    ]);
  });

  test('P16 is brought back by who may put it aside', async () => {
    await server.ask(DISMISS, { id: review });
    expect(await bringBack(await signIn([inEast]))).toBe('NOT_FOUND');
    expect(await bringBack(await signIn([{}, { phone: 'READ' }]))).toBe('FIELD_FORBIDDEN');
    expect(await bringBack(await signIn([{}, { income: 'HIDDEN' }]))).toBe('FORBIDDEN');
    expect(await bringBack(await signIn([{}]))).toBeUndefined();
  });
});

describe('who decides', () => {
  test.each([
    ['sees one scope', 'NOT_FOUND', [inEast]],
    ['may not read what it was matched by', 'NOT_FOUND', [{}, { phone: 'MASKED' }]],
    ['may not write what it was matched by', 'FIELD_FORBIDDEN', [{}, { phone: 'READ' }]],
    ['may not write one of the fields', 'FIELD_FORBIDDEN', [{}, { age: 'READ' }]],
    ['may not know of one of the fields', 'FORBIDDEN', [{}, { income: 'HIDDEN' }]],
    ['may write a field by a role that does not see everybody', 'FIELD_FORBIDDEN', [{}, { age: 'READ' }], [inEast]],
  ] as [string, string, ...[object, Record<string, FieldAccess>?][]][])(
    'is nobody who %s (%s)',
    async (_, code, ...roles) => {
      const token = await signIn(...roles);
      expect(await refusal({ customerId: known.id }, token)).toBe(code);
      expect(await refusal({}, token)).toBe(code);
      expect(await refusalOf(server, DISMISS, { id: review }, token)).toBe(code);
      expect(await stored()).toMatchObject([{ status: 'REVIEW' }]);
    },
  );

  test('takes what they may write, and leaves the rest', async () => {
    const token = await signIn([{}, { income: 'HIDDEN', age: 'READ' }]);
    expect(await refusal({ customerId: known.id, fields: ['income'] }, token)).toBe(
      'VALIDATION_FAILED, income UNKNOWN_FIELD',
    );
    expect(await refusal({ customerId: known.id, fields: ['age'] }, token)).toBe('FIELD_FORBIDDEN');
    expect((await resolve({ customerId: known.id, fields: ['name'] }, token)).values).toMatchObject({ name: 'Ann' });
  });

  test('writes what it was matched by, whatever is taken of it', async () => {
    const token = await signIn([{}, { phone: 'READ' }]);
    for (const fields of [['name'], []])
      expect(await refusal({ customerId: known.id, fields }, token)).toBe('FIELD_FORBIDDEN');
  });

  test('P16 does not see more of it by deciding that it is of somebody in a scope', async () => {
    const token = await signIn([{}, { income: 'MASKED' }], [inEast]);
    expect(await refusal({ customerId: known.id, fields: ['name'] }, token)).toBe('FORBIDDEN');
    expect(await stored()).toMatchObject([{ status: 'REVIEW' }]);
  });
});

describe('at the same time', () => {
  test('P39 of several who decide one does, and the others are told', async () => {
    for (let round = 0; round < 5; round += 1) {
      review = await answerForm(server, form, { name: `An ${round}`, phone: '13800138000', age: 40 + round });
      const answers = await Promise.all([
        refusal({ customerId: known.id }),
        refusal({ customerId: known.id, fields: ['age'] }),
        refusal(),
        refusal(),
        refusalOf(server, DISMISS, { id: review }),
      ]);
      expect(answers.toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT', undefined]);
    }
    const { nodes } = await waiting();
    expect(nodes.length).toBe(1);
  });

  test('of who erases a match and who decides neither stands in the way of the other', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { customer } = await saveCustomer(server, { values: { card: `c${round}`, must: 'x' } });
      review = await answerForm(server, form, { name: 'Ann', card: `c${round}` });
      const [erased, decided] = await Promise.all([
        refusalOf(server, 'mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: customer.id }),
        round % 2 === 0 ? refusal({ customerId: customer.id }) : refusal({ fields: ['name'] }),
      ]);
      expect([undefined, 'CONFLICT']).toContain(erased);
      expect([undefined, 'NOT_FOUND']).toContain(decided);
      const rows = await stored();
      expect(rows.flatMap(({ matches }) => matches)).not.toContain(erased === undefined ? customer.id : '');
    }
  });
});

describe('an erased customer', () => {
  const erase = ({ id, version }: typeof known) =>
    server.ask('mutation ($id: ID!, $version: Int!) { eraseCustomer(id: $id, version: $version) }', { id, version });

  test('is none of those any more whom an answer may be of', async () => {
    const { customer: other } = await saveCustomer(server, { values: { card: '1', must: 'x' } });
    review = await answerForm(server, form, { name: 'Ann', card: '1', phone: '13800138000' });
    await erase(known);
    expect((await stored()).map(({ matches }) => matches)).toEqual([[], [other.id]]);
    expect((await waiting()).nodes.map(({ matches }) => matches)).toEqual([[{ id: other.id }], []]);
    expect(await refusal({ customerId: known.id })).toBe('NOT_FOUND');
  });

  test('takes their answers with them, and those put aside that may have been theirs', async () => {
    await resolve({ customerId: known.id, fields: [] });
    review = await answerForm(server, form, { name: 'Ann', phone: '13800138000' });
    await server.ask(DISMISS, { id: review });
    await erase({ ...known, version: 2 });
    expect(await stored()).toEqual([]);
  });

  test('leaves nothing to find by the value, so that the next answer makes a customer', async () => {
    await erase(known);
    const id = await answerForm(server, form, { name: 'Ann', phone: '13800138000' });
    const [row] = await server.database.source.query<{ status: string }[]>(
      'select status from submission where id = $1',
      [id],
    );
    expect(row).toEqual({ status: 'SAVED' });
  });
});

test('a decision is told in the audit log to nobody who does not see everybody', async () => {
  await resolve({ customerId: known.id });
  const token = await signIn([{ ...inEast, capabilities: ['VIEW_AUDIT'] }]);
  const { auditLog } = await server.ask<{ auditLog: { nodes: { action: string }[] } }>(
    '{ auditLog(search: "review.") { nodes { action } } }',
    {},
    { token },
  );
  expect(auditLog.nodes).toEqual([]);
});
