import type { FormItem, FormLayout } from '@kequn/rules';
import { publishedForm } from './form-calls.ts';
import type { TestServer } from './test-server.ts';

/** A layout of one column of these items. */
export function layoutOf(...items: readonly FormItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }] }] }] };
}

/** A form that anybody may fill. */
export interface OpenForm {
  readonly id: string;
  readonly slug: string;
}

/** Opens a form of these fields to everybody, through the API. */
export async function openForm(server: TestServer, keys: readonly string[], settings: object = {}): Promise<OpenForm> {
  const id = await publishedForm(server, layoutOf(...keys.map((field) => ({ field }))), settings);
  const { form } = await server.ask<{ form: { publicSlug: string } }>(
    `mutation { form: setFormPublic(id: "${id}", public: true) { publicSlug } }`,
  );
  return { id, slug: form.publicSlug };
}

/** Fills such a form without signing in; gives the id of the answer. From another address, where the server trusts who tells it. */
export async function answerForm(
  { url, database }: TestServer,
  { slug }: OpenForm,
  values: object,
  address = '',
): Promise<string> {
  const response = await fetch(`${url}/f/${slug}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(address && { 'x-forwarded-for': address }) },
    body: JSON.stringify({ values }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  const [row] = await database.source.query<{ id: string }[]>('select id from submission order by id desc limit 1');
  return row!.id;
}
