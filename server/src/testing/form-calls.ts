import type { FormLayout } from '@kequn/rules';
import type { TestServer } from './test-server.ts';

/** Publishes a layout through the API, as another version of a form or as a new one; gives its id. */
export async function publishedForm(
  server: TestServer,
  layout: FormLayout,
  settings: object = {},
  id?: string,
): Promise<string> {
  const version =
    id && (await server.ask<{ form: { version: number } }>(`{ form(id: "${id}") { version } }`)).form.version;
  const { saveForm } = await server.ask<{ saveForm: { id: string } }>(
    'mutation ($input: FormInput!) { saveForm(input: $input) { id } }',
    { input: { id, version, name: 'Form', layout, settings } },
  );
  await server.ask(`mutation { publishForm(id: "${saveForm.id}") { id } }`);
  return saveForm.id;
}
