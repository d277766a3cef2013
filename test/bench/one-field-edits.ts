import type { BenchServer } from './bench-database.ts';

const CUSTOMERS = 'query { customers { nodes { id version } } }';
/** Saves a customer as the web app does. */
export const SAVE_CUSTOMER =
  'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version } entered { id } left { id } } }';

/** What an edit has to know of a customer. */
export interface EditedCustomer {
  readonly id: string;
  readonly version: number;
}

/** Gives what saves another spend of one of the newest customers, in turn. */
export async function oneFieldEdit(server: BenchServer): Promise<() => Promise<void>> {
  const { customers } = await server.ask<{ customers: { nodes: readonly EditedCustomer[] } }>(CUSTOMERS);
  return oneFieldEditOf(server, customers.nodes);
}

/** The same of given customers; the values are spread over those that customers have. */
export function oneFieldEditOf({ ask }: BenchServer, customers: readonly EditedCustomer[]): () => Promise<void> {
  const versions = new Map(customers.map(({ id, version }) => [id, version]));
  const ids = [...versions.keys()];
  let edits = 0;
  return async () => {
    const id = ids[edits % ids.length]!;
    const version = versions.get(id)!;
    const spend = spendOf(edits);
    edits += 1;
    await ask(SAVE_CUSTOMER, { input: { id, version, values: { spend } } });
    versions.set(id, version + 1);
  };
}

/** The value that the n-th edit gives. */
export function spendOf(edit: number): number {
  return (edit * 7_919) % 10_000;
}
