import { noteReads } from '../access-log/note-reads.ts';
import { ownRights, usersById } from '../access/list-users.ts';
import type { Context } from '../access/viewer.ts';
import { listAuditLog } from '../audit-log/list-audit-log.ts';
import { listSensitiveReads } from '../audit-log/list-sensitive-reads.ts';
import { setAsideOf } from '../conversions/set-aside-of.ts';
import { membershipHistory, membershipsByCustomer } from '../customers/memberships.ts';
import { eventsByCustomer } from '../events/list-events.ts';
import { limits } from '../platform/limits.ts';
import { loadBatched } from '../platform/loading.ts';
import { segmentsById } from '../segments/list-segments.ts';
import { listAnswersOf } from '../submissions/list-submissions.ts';

/** Who asks, with the rights of that moment; refused when the session has ended. */
export type Caller = () => Promise<Context>;

/** The lists of what is known of one customer, each read page by page through the use case that shows it. */
export function personParts(id: string, caller: Caller): Readonly<Record<string, AsyncIterable<object>>> {
  return {
    segments: segmentsOf(id, caller),
    membershipHistory: historyOf(id, caller),
    setAside: setAsideBy(id, caller),
    events: eventsOf(id, caller),
    answers: answersOf(id, caller),
    changes: changesOf(id, caller),
    reads: readsOf(id, caller),
  };
}

async function* segmentsOf(id: string, caller: Caller): AsyncIterable<object> {
  const ctx = await caller();
  const [memberships = []] = await membershipsByCustomer(ctx, [id]);
  for (const { segmentId, since } of memberships) yield { ...(await segmentOf(ctx, segmentId)), since };
}

async function* setAsideBy(id: string, caller: Caller): AsyncIterable<object> {
  yield* await setAsideOf(await caller(), id);
}

async function* historyOf(id: string, caller: Caller): AsyncIterable<object> {
  const pages = pagesByTime(limits.historyPage, async (before, limit) => {
    const ctx = await caller();
    const changes = await membershipHistory(ctx, id, { limit, before });
    return Promise.all(
      changes.map(async ({ segmentId, ...change }) => ({ segment: await segmentOf(ctx, segmentId), ...change })),
    );
  });
  yield* pages;
}

async function* eventsOf(id: string, caller: Caller): AsyncIterable<object> {
  const pages = pagesByTime(limits.page, async (before, limit) => {
    const [events = []] = await eventsByCustomer(await caller(), [{ customerId: id, type: null, before, limit }]);
    return events;
  });
  for await (const { customerId: _, ...event } of pages) yield event;
}

/** Those that wait for somebody to say whose they are may be another's. */
async function* answersOf(id: string, caller: Caller): AsyncIterable<object> {
  const pages = pagesByPlace(caller, async (ctx, after) => {
    const page = await listAnswersOf(ctx, id, { first: limits.page, after });
    await noteReads(
      ctx,
      page.nodes.flatMap(({ reads }) => reads.map((each) => ({ ...each, channel: 'export' as const }))),
    );
    return page;
  });
  for await (const { node, ctx } of pages) {
    const { formName, formVersion, at, values, consent, submittedBy } = node;
    yield { form: formName, formVersion, at, by: await nameOf(ctx, submittedBy), values, consent };
  }
}

async function* changesOf(id: string, caller: Caller): AsyncIterable<object> {
  const load = async (ctx: Context, after: string | null) => {
    const page = await listAuditLog(ctx, { first: limits.page, after, customerId: id });
    await noteReads(
      ctx,
      page.nodes.map(({ read }) => ({ ...read, channel: 'export' as const })),
    );
    return page;
  };
  for await (const { node, ctx } of pagesByPlace(caller, ofAudit(load))) {
    const { at, address, action, changes } = node;
    yield { at, actor: await nameOf(ctx, node.actorId), address, action, changes };
  }
}

/** Who else was read together with the customer is not told: it is nothing of this person's. */
async function* readsOf(id: string, caller: Caller): AsyncIterable<object> {
  const load = (ctx: Context, after: string | null) =>
    listSensitiveReads(ctx, { first: limits.page, after, customerId: id });
  for await (const { node, ctx } of pagesByPlace(caller, ofAudit(load))) {
    const { at, address, channel, fieldKeys } = node;
    yield { at, actor: await nameOf(ctx, node.actorId), address, channel, fieldKeys };
  }
}

/** A page of a list that goes on from a place. */
interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type LoadPage<T> = (ctx: Context, after: string | null) => Promise<Page<T>>;

/** Pages for who may see the audit log; nothing for anybody else. */
function ofAudit<T>(load: LoadPage<T>): LoadPage<T> {
  const nothing: Page<T> = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  return async (ctx, after) => ((await ownRights(ctx)).has('VIEW_AUDIT') ? load(ctx, after) : nothing);
}

/** Everything in pages that go on from a place. */
async function* pagesByPlace<T>(
  caller: Caller,
  load: LoadPage<T>,
): AsyncIterable<{ readonly node: T; readonly ctx: Context }> {
  for (let after: string | null = null, isMore = true; isMore;) {
    const ctx = await caller();
    const { nodes, pageInfo }: Page<T> = await load(ctx, after);
    for (const node of nodes) yield { node, ctx };
    after = pageInfo.endCursor;
    isMore = pageInfo.hasNextPage;
  }
}

/**
 * Everything in pages that go on before an instant, newest first. What shares its instant with the end of a page is left to the next one,
 * which asks for it as a whole; where a page holds one instant alone it is asked for longer.
 */
async function* pagesByTime<T extends { readonly at: string }>(
  size: number,
  load: (before: string | null, limit: number) => Promise<readonly T[]>,
): AsyncIterable<T> {
  for (let before: string | null = null, limit = size; ;) {
    const page: readonly T[] = await load(before, limit);
    const isLast = page.length < limit;
    const end = page.at(-1)?.at;
    const whole: readonly T[] = isLast ? page : page.filter(({ at }) => at !== end);
    yield* whole;
    if (isLast) return;
    limit = whole.length === 0 ? limit * 2 : size;
    before = whole.at(-1)?.at ?? before;
  }
}

async function segmentOf(ctx: Context, id: string): Promise<object> {
  const { key, name } = await loadBatched(ctx, segmentsById, id);
  return { id, key, name };
}

async function nameOf(ctx: Context, userId: string | null): Promise<string | null> {
  return userId === null ? null : ((await loadBatched(ctx, usersById, userId))?.name ?? null);
}
