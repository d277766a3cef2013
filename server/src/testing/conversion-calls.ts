import type { TestServer } from './test-server.ts';

/** A change of type as tests look at it. */
export interface ToldConversion {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly converted: number;
  readonly setAside: number;
  readonly undoable: boolean;
  readonly undoneAt: string | null;
  readonly setAsideValues: readonly { readonly customerId: string; readonly value: unknown }[];
}

/** The call that changes a field. */
export const CONVERT =
  'mutation ($key: ID!, $input: FieldInput!, $force: Boolean) { updateField(key: $key, input: $input, force: $force) { type version options { key archived } } }';

/** Makes a field one of another type through the API. */
export async function convert(server: TestServer, key: string, input: object, force = false): Promise<void> {
  await server.ask(CONVERT, { key, input, force });
}

/** The changes of type of a field, the last one first. */
export async function conversionsOf(server: TestServer, key: string): Promise<readonly ToldConversion[]> {
  const { conversions } = await server.ask<{ conversions: ToldConversion[] }>(
    'query ($key: ID!) { conversions(key: $key) { id from to converted setAside undoable undoneAt setAsideValues { customerId value } } }',
    { key },
  );
  return conversions;
}

/** Undoes the last change of type of a field through the API. */
export async function undoLast(server: TestServer, key: string): Promise<void> {
  const [last] = await conversionsOf(server, key);
  await server.ask('mutation ($id: ID!) { undoConversion(id: $id) { type } }', { id: last!.id });
}

/** What customers have in a field, by name. */
export async function valuesOf(server: TestServer, key: string): Promise<Readonly<Record<string, unknown>>> {
  const { customers } = await server.ask<{ customers: { nodes: { values: Record<string, unknown> }[] } }>(
    '{ customers(first: 500) { nodes { values } } }',
  );
  const named = customers.nodes.map(({ values }) => [String(values['name']), values[key] ?? null] as const);
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
