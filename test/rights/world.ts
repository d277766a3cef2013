import { fieldTypes, type FieldType, type Json } from '@kequn/rules';
import type { FieldAccess } from '../../server/src/access/role.ts';
import { answerForm, layoutOf, openForm } from '../../server/src/testing/answer-calls.ts';
import { createFields, saveCustomer } from '../../server/src/testing/calls.ts';
import { publishedForm } from '../../server/src/testing/form-calls.ts';
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts';
import { samples, sampleUsers } from './samples.ts';
import { computedOf, type RoleSketch, type Shape } from './shapes.ts';

/** A server with a field of every type, a customer in the east who has a value in each, and one in the west who has the same. */
export interface World {
  readonly server: TestServer;
  readonly east: string;
  readonly west: string;
  /** The name of the customer in the east. */
  readonly name: string;
  readonly keys: readonly string[];
  /** The form by which both were saved: it places all of these fields, and what is computed of them. */
  readonly form: string;
  /** An answer that holds the same values, waits for somebody to say whose it is, and may be of the one in the east by the name. */
  readonly review: string;
  /** Signs in somebody who has an access to all these fields, as a shape makes it: the token. */
  viewer(shape: Shape, access: FieldAccess): Promise<string>;
}

/** The key of the field of a type. */
export function keyOf(type: FieldType): string {
  return `x_${type.toLowerCase()}`;
}

const types = Object.keys(fieldTypes) as FieldType[];

/** The same world turned round: channels that ask for the customer in the east ask for the one in the west. */
export function turned(world: World): World {
  return { ...world, east: world.west, west: world.east, name: 'Bo' };
}

/** Adds the users whom samples name. */
export async function addSampleUsers({ database: { source } }: TestServer): Promise<void> {
  for (const [name, id] of Object.entries(sampleUsers))
    await source.query(
      `insert into app_user (id, email, name, password_hash) values ($1, $2 || '@example.com', $2, '')`,
      [id, name],
    );
  await source.query('update rule_set set version = version + 1');
}

/**
 * Makes the sample files those of nobody yet that somebody has uploaded, or anybody for a form: whoever they were of before, they can be named
 * once more.
 */
export async function offerFiles(
  { database: { source } }: TestServer,
  { userId = null, formId = null }: { readonly userId?: string | null; readonly formId?: string | null },
): Promise<void> {
  await source.query(
    `insert into file (id, name, media_type, bytes, field_key, created_by, form_id, created_at)
     select id, 'canary.png', 'image/png', 68, $2, $3, $4, now() from unnest($1::uuid[]) as f (id)
         on conflict (id) do update set customer_id = null, submission_id = null, removed_at = null,
            created_by = excluded.created_by, form_id = excluded.form_id`,
    [[samples.FILE.value, samples.FILE.other], keyOf('FILE'), userId, formId],
  );
}

/** The user whose token it is. */
export async function userOf(server: TestServer, token: string): Promise<string> {
  return (await server.ask<{ me: { id: string } }>('{ me { id } }', {}, { token })).me.id;
}

/** Makes the world. */
export async function startWorld(): Promise<World> {
  const server = await startTestServer();
  await addSampleUsers(server);
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'name' },
    { key: 'city', type: 'TEXT', label: 'city' },
    ...types.map((type) => ({ key: keyOf(type), type, label: keyOf(type), ...samples[type].settings })),
    ...types.map((type) => ({
      key: computedOf(keyOf(type)),
      type: 'FORMULA',
      label: 'computed',
      formula: { var: keyOf(type) },
    })),
  ]);
  const all = Object.fromEntries(types.map((type) => [keyOf(type), samples[type].value]));
  const keys = types.map(keyOf);
  const placed = ['name', 'city', ...keys, ...keys.map(computedOf)].map((field) => ({ field }));
  const form = await publishedForm(server, layoutOf(...placed));
  const userId = await userOf(server, server.token);
  const made = async (name: string, city: string) => {
    await offerFiles(server, { userId });
    return (await saveCustomer(server, { formId: form, values: { name, city, ...all } })).customer.id;
  };
  const [east, west] = [await made('An', 'east'), await made('Bo', 'west')];
  return {
    server,
    east,
    west,
    name: 'An',
    keys,
    form,
    review: await addReview(server, { name: 'An', ...all }),
    viewer: (shape, access) => viewerOf(server, shape.roles(keys, access)),
  };
}

/** Answers a form that anybody may fill and that finds who is known by the name. No such form asks for users. */
async function addReview(server: TestServer, values: Readonly<Record<string, Json>>): Promise<string> {
  const { [keyOf('USER')]: _, ...asked } = values;
  const open = await openForm(server, Object.keys(asked), { matchOn: ['name'] });
  await offerFiles(server, { formId: open.id });
  return answerForm(server, open, asked);
}

let made = 0;

const inCity = ({ city }: { readonly city: string }) => ({ '==': [{ var: 'city' }, city] });

async function viewerOf(server: TestServer, sketches: readonly RoleSketch[]): Promise<string> {
  const ids: string[] = [];
  for (const { entries, rowScope, ...sketch } of sketches) {
    const capabilities = ['MANAGE_SEGMENTS', 'MANAGE_FIELDS', 'EXPORT', 'VIEW_AUDIT', 'ERASE_CUSTOMERS'];
    const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
      'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
      {
        input: {
          name: `role ${(made += 1)}`,
          capabilities,
          ...sketch,
          ...(rowScope && { rowScope: inCity(rowScope) }),
        },
      },
    );
    await server.ask(
      'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
      { id: saveRole.id, entries: Object.entries(entries).map(([fieldKey, access]) => ({ fieldKey, access })) },
    );
    ids.push(saveRole.id);
  }
  return server.signInAs(ids);
}
