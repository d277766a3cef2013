import type { BenchServer } from './bench-database.ts';

const CUSTOMERS = 'query { customers { nodes { id version } } }';
/** Saves a customer as the web app does. */
export const SAVE_CUSTOMER =
  'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version } entered { id } left { id } } }';

interface Listed {
  readonly customers: { readonly nodes: readonly { readonly id: string; readonly version: number }[] };
}

/** Gives what saves another spend of one of the newest customers, in turn; the values are spread over those that customers have. */
export async function oneFieldEdit({ ask }: BenchServer): Promise<() => Promise<void>> {
  const { customers } = await ask<Listed>(CUSTOMERS);
  const versions = new Map(customers.nodes.map(({ id, version }) => [id, version]));
  const ids = [...versions.keys()];
  let edits = 0;
  return async () => {
    const id = ids[edits % ids.length]!;
    const version = versions.get(id)!;
    const spend = (edits * 7_919) % 10_000;
    await ask(SAVE_CUSTOMER, { input: { id, version, values: { spend } } });
    versions.set(id, version + 1);
    edits += 1;
  };
}
