import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FieldAccess } from '../access/role.ts';
import { answerForm, openForm, type OpenForm } from '../testing/answer-calls.ts';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { publishedForm } from '../testing/form-calls.ts';
import { makeRole } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { layoutOf } from '../testing/answer-calls.ts';

const now = '2026-03-01T08:00:00.000Z';
let server: TestServer;
let form: OpenForm;
let an: string;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await server.database.source.query(`update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'`);
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', labels: { en: 'Name' } },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'phone', type: 'PHONE', label: 'Phone' },
    { key: 'income', type: 'MONEY', label: 'Income', sensitive: true },
    { key: 'vip', type: 'BOOLEAN', label: 'VIP' },
  ]);
  form = await openForm(server, ['name', 'city', 'phone', 'income'], { consent: { en: 'I agree' } });
  await publishedForm(server, layoutOf({ field: 'name' }, { field: 'phone' }, { field: 'vip' }), {}, form.id);
  an = (
    await saveCustomer(server, { formId: form.id, formVersion: 1, values: { name: '=An', city: 'east', income: 7 } })
  ).customer.id;
  await saveCustomer(server, { values: { city: 'west', phone: '13800138000' } });
  await answerForm(server, form, { name: 'Bo', phone: '13800138000', vip: true });
});
afterAll(() => server.close());

async function fetchAnswers(token = server.token, query = `?form=${form.id}`) {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' };
  const answer = await fetch(`${server.url}/exports/submissions.csv${query}`, { headers });
  return { status: answer.status, lines: (await answer.text()).replace('\uFEFF', '').trim().split('\r\n') };
}

const signIn = async (parts: object, entries: Readonly<Record<string, FieldAccess>> = {}) => {
  const token = await server.signInAs([await makeRole(server, { capabilities: ['EXPORT'], ...parts }, entries)]);
  await server.database.source.query(`update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'`);
  return token;
};

const head = 'Time,Version of the form,Filled by,Status,Customer id';

describe('the answers to a form as a file', () => {
  test('hold every question of every version, newest first', async () => {
    const { status, lines } = await fetchAnswers();
    expect([status, lines]).toEqual([
      200,
      [
        `${head},Name,City,Phone,Income,VIP`,
        `2026-03-01 16:00:00,2,public,to review,,Bo,,'+8613800138000,,Yes`,
        expect.stringMatching(new RegExp(`^2026-03-01 16:00:00,1,[^,]+,saved,${an},'=An,east,,7,$`)),
      ],
    ]);
  });

  test('hold what may be read of each customer, and none of others’', async () => {
    const rowScope = { '==': [{ var: 'city' }, 'east'] };
    const { lines } = await fetchAnswers(
      await signIn({ rowScope }, { income: 'MASKED', city: 'READ', phone: 'HIDDEN' }),
    );
    expect(lines).toEqual([`${head},Name,City,VIP`, expect.stringMatching(`,saved,${an},'=An,east,$`)]);
  });

  test('hold of each customer what the roles read that count on them', async () => {
    await saveCustomer(server, { formId: form.id, formVersion: 1, values: { name: 'Cy', city: 'west', income: 9 } });
    const capabilities = ['EXPORT'] as const;
    const inCity = (city: string) => ({ capabilities, rowScope: { '==': [{ var: 'city' }, city] } });
    const roles = [
      await makeRole(server, inCity('east')),
      await makeRole(server, inCity('west'), { income: 'MASKED' }),
    ];
    const token = await server.signInAs(roles);
    await server.database.source.query(`update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'`);
    const { lines } = await fetchAnswers(token);
    expect(lines.slice(1).map((line) => line.split(',').slice(5))).toEqual([
      ['Cy', 'west', '', '', ''],
      ["'=An", 'east', '', '7', ''],
    ]);
    await server.database.source.query(`delete from submission where "values" ->> 'name' = 'Cy'`);
  });

  test('are those that match, as a list of them is', async () => {
    const rows = async (query: string) =>
      (await fetchAnswers(server.token, `?form=${form.id}&${query}`)).lines.length - 1;
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'city' }, 'east'] }));
    expect(await rows(`filter=${filter}`)).toBe(1);
    expect(await rows('statuses=REVIEW')).toBe(1);
    expect(await rows('statuses=SAVED,REVIEW&search=bo')).toBe(1);
    expect(await rows('from=2026-03-01T08:00:00Z')).toBe(2);
    expect(await rows('to=2026-03-01T08:00:00Z')).toBe(0);
    for (const query of ['filter=x', 'filter={"var":"no"}', 'statuses=GONE', 'from=now'])
      expect((await fetchAnswers(server.token, `?form=${form.id}&${query}`)).status).toBe(422);
    const token = await signIn({}, { city: 'HIDDEN' });
    expect((await fetchAnswers(token, `?form=${form.id}&filter=${filter}`)).lines.join()).toContain('UNKNOWN_FIELD');
  });

  test('are nothing to who may not export, and of a form that there is not', async () => {
    const closed = await fetchAnswers(await signIn({ capabilities: [] }));
    expect([closed.status, closed.lines.join()]).toEqual([403, expect.stringContaining('FORBIDDEN')]);
    for (const query of ['', '?form=x', '?form=018f0000-0000-7000-8000-000000000000'])
      expect((await fetchAnswers(server.token, query)).status).toBe(404);
  });

  test('P62 are noted, and told in the audit log, before they leave', async () => {
    await fetchAnswers();
    const { sensitiveReads, auditLog } = await server.ask<Record<'sensitiveReads' | 'auditLog', { nodes: object[] }>>(
      `{ sensitiveReads(first: 1) { nodes { channel fieldKeys customers { id } } }
         auditLog(first: 1) { nodes { action target changes } } }`,
    );
    expect(sensitiveReads.nodes).toEqual([{ channel: 'export', fieldKeys: ['income'], customers: [{ id: an }] }]);
    expect(auditLog.nodes).toEqual([
      {
        action: 'submissions.exported',
        target: `form:${form.id}`,
        changes: { columns: ['name', 'city', 'phone', 'income', 'vip'] },
      },
    ]);
  });
});

describe('everything on one person', () => {
  test('holds what they answered, as far as it may be read', async () => {
    const token = await signIn({}, { income: 'HIDDEN' });
    const answer = await fetch(`${server.url}/exports/customers/${an}.json`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { answers } = (await answer.json()) as { answers: object[] };
    expect(answers).toEqual([
      {
        form: 'Form',
        formVersion: 1,
        at: now,
        by: expect.any(String),
        values: { name: '=An', city: 'east', phone: null },
        consent: null,
      },
    ]);
  });
});
