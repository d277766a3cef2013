import type { TestServer } from './test-server.ts';

/** What saving a customer answered. */
export interface SavedCustomer {
  readonly customer: { readonly id: string; readonly version: number; readonly values: Record<string, unknown> };
  readonly entered: readonly { readonly key: string }[];
  readonly left: readonly { readonly key: string }[];
}

/** Makes fields through the API. */
export async function createFields(server: TestServer, inputs: readonly object[]): Promise<void> {
  for (const input of inputs)
    await server.ask('mutation ($input: FieldInput!) { createField(input: $input) { key } }', { input });
}

/** Saves a customer through the API. */
export async function saveCustomer(server: TestServer, input: object): Promise<SavedCustomer> {
  const { saveCustomer: saved } = await server.ask<{ saveCustomer: SavedCustomer }>(
    'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version values } entered { key } left { key } } }',
    { input },
  );
  return saved;
}

/** A segment as tests look at it. */
export interface SavedSegment {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly status: string;
  readonly memberCount: number | null;
}

const segmentParts = '{ id key version status memberCount }';

/** Saves a segment through the API. */
export async function saveSegment(server: TestServer, input: object): Promise<SavedSegment> {
  const { saveSegment: saved } = await server.ask<{ saveSegment: SavedSegment }>(
    `mutation ($input: SegmentInput!) { saveSegment(input: $input) ${segmentParts} }`,
    { input },
  );
  return saved;
}

/** Activates or pauses a segment through the API. */
export async function setSegment(server: TestServer, to: 'activate' | 'pause', id: string): Promise<SavedSegment> {
  const { segment } = await server.ask<{ segment: SavedSegment }>(
    `mutation ($id: ID!) { segment: ${to}Segment(id: $id) ${segmentParts} }`,
    { id },
  );
  return segment;
}

/** Makes an active segment. */
export async function activeSegment(server: TestServer, key: string, rule: unknown): Promise<SavedSegment> {
  const { id } = await saveSegment(server, { key, name: key, rule });
  return setSegment(server, 'activate', id);
}

/** How many customers are stored as members of an active segment whose rule does not hold for them, or the other way round: none, by invariant I1. */
export async function membershipErrors(server: TestServer): Promise<number> {
  const { segments } = await server.ask<{ segments: { id: string; status: string; rule: unknown }[] }>(
    '{ segments { id status rule } }',
  );
  let errors = 0;
  for (const { id, status, rule } of segments) {
    if (status !== 'ACTIVE') continue;
    const holding = await idsOf(server, rule);
    const members = await memberIds(server, id);
    errors +=
      [...holding].filter((each) => !members.has(each)).length +
      [...members].filter((each) => !holding.has(each)).length;
  }
  return errors;
}

async function memberIds(server: TestServer, segmentId: string): Promise<ReadonlySet<string>> {
  const rows = await server.database.source.query<{ id: string }[]>(
    'select m.customer_id as id from membership m join segment s on s.generation_id = m.generation_id where s.id = $1',
    [segmentId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Everybody for whom a rule holds, page by page through the API. */
async function idsOf(server: TestServer, filter: unknown): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let after: string | null = null; ;) {
    const {
      customers,
    }: { customers: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
      await server.ask(
        'query ($filter: Rule, $after: String) { customers(filter: $filter, first: 500, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { filter, after },
      );
    for (const { id } of customers.nodes) ids.add(id);
    if (!customers.pageInfo.hasNextPage) return ids;
    after = customers.pageInfo.endCursor;
  }
}
