import type { FormLayout } from '@kequn/rules';
import { layoutOf } from './answer-calls.ts';
import { createFields } from './calls.ts';
import { publishedForm } from './form-calls.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** When it is at first in a world of public forms. */
export const start = '2026-03-01T08:00:00.000Z';

/** A form that asks for a name, an e-mail and an age. */
export const simple = layoutOf({ field: 'name', required: true }, { field: 'mail' }, { field: 'age' });

/** What an answer that is taken is answered with. */
export const accepted = { status: 201, body: { accepted: true } };

/** What an answer is answered with. */
export interface Sent {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly issues?: readonly { path: string; code: string }[] };
}

/** A server with fields for public forms, and whoever fills them. */
export class PublicForms {
  private addresses = 0;

  private constructor(
    readonly server: TestServer,
    /** What the server takes for now. */
    readonly clock: { now: string },
  ) {}

  static async start(): Promise<PublicForms> {
    const clock = { now: start };
    const server = await startTestServer({ clock: { now: async () => clock.now }, trustsProxies: true });
    await createFields(server, [
      { key: 'name', type: 'TEXT', label: '姓名', labels: { en: 'Name' } },
      { key: 'mail', type: 'EMAIL', label: '邮箱', labels: { en: 'E-mail' } },
      { key: 'card', type: 'TEXT', label: '卡号', unique: true },
      { key: 'age', type: 'NUMBER', label: '年龄', labels: { en: 'Age' } },
      {
        key: 'likes',
        type: 'MULTI_SELECT',
        label: '爱好',
        options: [
          { key: 'tea', label: '茶' },
          { key: 'art', label: '画' },
        ],
      },
      { key: 'likes_else', type: 'TEXT', label: '其他爱好' },
      { key: 'vip', type: 'BOOLEAN', label: '会员' },
      { key: 'visit', type: 'DATETIME', label: '到访' },
      { key: 'secret', type: 'NUMBER', label: 'canary-label', required: true },
      {
        key: 'ruled',
        type: 'NUMBER',
        label: '受限',
        validation: {
          rule: { or: [{ '==': [{ var: 'ruled' }, null] }, { '>': [{ var: 'ruled' }, { var: 'secret' }] }] },
        },
      },
      { key: 'twice', type: 'FORMULA', label: '两倍', formula: { '*': [{ var: 'age' }, 2] } },
      { key: 'told', type: 'FORMULA', label: '说出', formula: { '>': [{ var: 'secret' }, 5] }, released: true },
      { key: 'agent', type: 'USER', label: '顾问' },
    ]);
    return new PublicForms(server, clock);
  }

  /** Forgets who has answered, and sets the clock back. */
  async clear(): Promise<void> {
    this.clock.now = start;
    await this.server.database.source.query(
      `update session set expires_at = '2100-01-01', last_used_at = '2100-01-01';
       delete from submission; delete from customer_identity; delete from customer_duplicate; delete from customer_search; delete from membership;
       delete from customer_due; delete from customer`,
    );
  }

  /** Opens a layout to everybody: the id of the form and its link. */
  async open(layout: FormLayout, settings: object = {}): Promise<{ id: string; slug: string }> {
    const id = await publishedForm(this.server, layout, settings);
    const { form } = await this.server.ask<{ form: { publicSlug: string } }>(
      `mutation { form: setFormPublic(id: "${id}", public: true) { publicSlug } }`,
    );
    return { id, slug: form.publicSlug };
  }

  /** Sends an answer, from a new address unless one is given. */
  async send(slug: string, answer: object, headers: Readonly<Record<string, string>> = {}): Promise<Sent> {
    const response = await fetch(`${this.server.url}/f/${slug}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        'x-forwarded-for': this.anotherAddress(),
        ...headers,
      },
      body: JSON.stringify(answer),
    });
    return { status: response.status, body: (await response.json()) as Sent['body'] };
  }

  /** Reads what stands at a link. */
  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.server.url}/f/${path}`, {
      headers: { 'accept-language': 'en', ...headers },
      redirect: 'manual',
    });
  }

  /** What is stored of the customers that a signed-in user sees. */
  async customers(): Promise<readonly Record<string, unknown>[]> {
    const { customers } = await this.server.ask<{ customers: { nodes: { values: Record<string, unknown> }[] } }>(
      '{ customers { nodes { values } } }',
    );
    return customers.nodes.map(({ values }) => values);
  }

  /** What is stored of the answers. */
  kept(): Promise<{ status: string; values: object; matches: string[] }[]> {
    return this.server.database.source.query('select status, "values", matches from submission order by id');
  }

  private anotherAddress(): string {
    this.addresses += 1;
    return `10.0.${Math.floor(this.addresses / 250)}.${this.addresses % 250}`;
  }
}
