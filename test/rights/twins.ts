import { fieldTypes, type FieldType, type Json } from '@kequn/rules';
import { answerForm, layoutOf, openForm } from '../../server/src/testing/answer-calls.ts';
import { activeSegment, createFields, saveCustomer, saveSegment, setSegment } from '../../server/src/testing/calls.ts';
import { publishedForm } from '../../server/src/testing/form-calls.ts';
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts';
import { samples } from './samples.ts';
import { addSampleUsers } from './world.ts';

/**
 * Two worlds that one viewer cannot tell apart. They are built by the same calls in the same order, by a clock of their own, and differ in
 * what that viewer may not know: the values of hidden fields, those of masked ones within one mask, what is computed of either, which of the
 * hidden fields and whom restricted segments, views and jobs ask for, what customers did, and which and how many customers there are out of
 * the viewer's scope.
 */
export type Side = 'one' | 'other';

/** One of the worlds. */
export interface Twin {
  readonly side: Side;
  readonly server: TestServer;
  /** Of the viewer, who sees the east, and of it neither what is hidden nor what is masked. */
  viewer: string;
  readonly roleId: string;
  /** Ids of things that the viewer does not know of, or not all of; alike named in both worlds. */
  readonly things: Readonly<Record<string, string>>;
}

/** A file is one customer's: two worlds of many who have the same ones there cannot be. */
const types = (Object.keys(fieldTypes) as FieldType[]).filter((type) => type !== 'FILE');

/** The key of the hidden field of a type, and of the masked one. */
export const hiddenKey = (type: FieldType) => `h_${type.toLowerCase()}`;
export const maskedKey = (type: FieldType) => `m_${type.toLowerCase()}`;

/** The fields of each kind, as the viewer has them. */
export const keys = {
  visible: ['name', 'city', 'note', 'level', 'tags', 'code', 'score', 'born', 'rank', 'doubled', 'released'],
  hidden: [...types.map(hiddenKey), 'h_code', 'h_doubled'],
  masked: [...types.map(maskedKey), 'm_doubled'],
  archived: ['v_archived', 'h_archived'],
  missing: ['nosuch', 'f_name', 'H_NUMBER', 'name.length', ''],
} as const;

/** Two values of each type that one mask shows alike. */
export const alike: Readonly<Record<FieldType, readonly [Json, Json]>> = {
  TEXT: ['张三', '张四海'],
  LONG_TEXT: [samples.LONG_TEXT.value, samples.LONG_TEXT.other],
  NUMBER: [48_151, 30_000],
  MONEY: [62_342.5, 70_000],
  PERCENT: [31.25, 40],
  RATING: [4, 1],
  BOOLEAN: [true, false],
  DATE: ['1907-03-21', '1907-11-30'],
  DATETIME: ['1911-04-05T06:07:08.009Z', '1911-08-01T00:00:00.000Z'],
  SELECT: ['gold', 'blue'],
  MULTI_SELECT: [['gold'], ['blue']],
  EMAIL: ['canary@example.com', 'clever@example.com'],
  PHONE: ['+8613812341234', '+8613899991234'],
  URL: [samples.URL.value, samples.URL.other],
  REGION: ['659001', '650102'],
  USER: [samples.USER.value, samples.USER.other],
  FILE: [samples.FILE.value, samples.FILE.other],
};

const options = ['gold', 'blue', 'grey'].map((key) => ({ key, label: key }));

/** Builds one of the worlds. `now` tells its time, which nothing but the test moves on. */
export async function startTwin(side: Side, now: () => string): Promise<Twin> {
  const server = await startTestServer({ clock: { now: async () => now() } });
  await addSampleUsers(server);
  await createFields(server, fields());
  const form = await publishedForm(server, layoutOf(...placed.map((field) => ({ field }))));
  const customers = await makeCustomers(server, side, form);
  const review = await makeReview(server, side);
  const things = { ...customers, ...(await makeSegments(server, side)), form, review };
  await archive(server);
  await makeViews(server, side);
  const roleId = await makeRole(server);
  return { side, server, things, roleId, viewer: await server.signInAs([roleId]) };
}

function fields(): object[] {
  const field = (key: string, type: string, more: object = {}) => ({ key, type, label: key, ...more });
  const computed = (key: string, formula: object, more = {}) => field(key, 'FORMULA', { formula, ...more });
  return [
    ...['name', 'city', 'v_archived', 'h_archived'].map((key) => field(key, 'TEXT')),
    field('note', 'LONG_TEXT'),
    field('level', 'SELECT', { options }),
    field('tags', 'MULTI_SELECT', { options }),
    field('code', 'TEXT', { unique: true }),
    field('h_code', 'TEXT', { unique: true }),
    ...['score', 'rank'].map((key) => field(key, 'NUMBER')),
    field('born', 'DATE'),
    ...types.flatMap((type) =>
      [hiddenKey(type), maskedKey(type)].map((key) => field(key, type, samples[type].settings)),
    ),
    computed('doubled', { '*': [{ var: 'score' }, 2] }),
    computed('h_doubled', { '*': [{ var: 'h_number' }, 2] }),
    computed('m_doubled', { '*': [{ var: 'm_number' }, 2] }),
    computed('released', { if: [{ '>': [{ var: 'h_number' }, 0] }, 1, 2] }, { released: true }),
  ];
}

const names = ['安琪', '白露', 'Chen', '丁香', 'Erik', '方圆', '高兴', 'Hu', '伊一', '江河', 'Kay', '李雷'];
const levels = ['gold', 'blue', null];

/** What is open of a customer in the east. */
function openValues(name: string, index: number) {
  return {
    name,
    city: 'east',
    note: index % 4 === 0 ? null : `note ${index % 5}`,
    level: levels[index % 3]!,
    tags: index % 2 === 0 ? ['gold', 'blue'] : null,
    code: `c${index}`,
    score: (index * 37) % 11,
    born: `19${70 + index}-0${1 + (index % 9)}-11`,
    rank: index % 4,
    v_archived: 'kept',
  };
}

/** What is not: at every customer the two worlds have different ones. */
function closedValues(side: Side, index: number): Record<string, Json> {
  const which = (index + (side === 'one' ? 0 : 1)) % 2;
  return {
    ...Object.fromEntries(types.map((type) => [hiddenKey(type), [samples[type].value, samples[type].other][which]!])),
    ...Object.fromEntries(types.map((type) => [maskedKey(type), alike[type][which]!])),
    h_text: side === 'one' && index % 3 === 0 ? null : `${side} ${index}`,
    h_number: side === 'one' ? 100 + index * 7 : 900 - index * 13,
    h_code: `${side}-${index}`,
    h_archived: `${side} ${index}`,
  };
}

async function makeCustomers(server: TestServer, side: Side, formId: string): Promise<Record<string, string>> {
  const made = async (values: object) => (await saveCustomer(server, { formId, values })).customer.id;
  const east: string[] = [];
  for (const [index, name] of names.entries()) {
    east.push(await made({ ...openValues(name, index), ...closedValues(side, index) }));
    // Among them, and not as many in one world as in the other, so that they stand between the others in every order.
    for (let more = 0; more < (side === 'one' ? 1 : index % 4); more += 1)
      await made({ ...unseenValues(side, index * 4 + more), ...closedValues(side, 100 + index * 4 + more) });
  }
  const unseen = await made({ ...unseenValues(side, 99), h_code: `${side}-unseen` });
  const order = { key: 'order', label: 'Order' };
  await server.ask('mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key } }', { input: order });
  const events = east.flatMap((customerId, index) =>
    Array.from({ length: side === 'one' ? index % 3 : (index + 1) % 4 }, (_, n) => ({
      customerId,
      type: 'order',
      at: `2031-01-0${1 + n}T00:00:00Z`,
      amount: n * 10 + (side === 'one' ? 1 : 2),
    })),
  );
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
  const [event] = await server.database.source.query<{ id: string }[]>('select id from event order by id limit 1');
  return { unseen, event: event!.id };
}

/** What the form places that every customer is saved by. */
const placed: readonly string[] = [
  'name',
  'city',
  'note',
  'level',
  'tags',
  'code',
  'score',
  'born',
  'rank',
  'v_archived',
  'h_archived',
  'h_code',
  'doubled',
  'h_doubled',
  'm_doubled',
  'released',
  ...types.flatMap((type) => [hiddenKey(type), maskedKey(type)]),
];

/** An answer that waits, as many more as one world has, and that may be of others in each: it is of nobody yet, so the viewer knows of none. */
async function makeReview(server: TestServer, side: Side): Promise<string> {
  const open = await openForm(server, ['name', 'city', 'h_number'], { matchOn: ['name'] });
  const answer = (name: string) => answerForm(server, open, { name, city: 'east', h_number: side === 'one' ? 1 : 2 });
  if (side === 'one') await answer(names[1]!);
  return answer(side === 'one' ? names[2]! : names[3]!);
}

/** Customers out of the viewer's scope, of whom everything differs, in unique fields too. */
function unseenValues(side: Side, index: number) {
  const one = side === 'one';
  return {
    name: `${one ? '西' : 'West'} ${index}`,
    city: one ? 'west' : 'north',
    note: `unseen ${index}`,
    level: one ? 'grey' : 'blue',
    tags: one ? ['grey'] : null,
    code: unseenCode(side, index),
    score: one ? 1_000 + index : -index,
    rank: one ? 7 : null,
  };
}

/** The value of the unique field that such a customer has. */
export function unseenCode(side: Side, index: number): string {
  return `${side === 'one' ? 'w' : 'n'}${index}`;
}

/** The segments that are there before the viewer comes. */
export const segmentKeys = ['open', 'paused', 'secret', 'masked', 'by_event', 'asks', 'turned', 'former'] as const;

async function makeSegments(server: TestServer, side: Side): Promise<Record<string, string>> {
  const one = side === 'one';
  const city = { '==': [{ var: 'city' }, 'east'] };
  const open = await activeSegment(server, 'open', { and: [city, { '>': [{ var: 'score' }, 3] }] });
  const paused = await activeSegment(server, 'paused', { '==': [{ var: 'level' }, 'gold'] });
  await setSegment(server, 'pause', paused.id);
  const hidden = one ? { '>': [{ var: 'h_number' }, 130] } : { '!=': [{ var: 'h_select' }, 'gold'] };
  const secret = await activeSegment(server, 'secret', hidden);
  const masked = await activeSegment(server, 'masked', { '>': [{ var: 'm_number' }, one ? 40_000 : 20_000] });
  const amounts = { '>': [{ count: [{ var: 'events.order' }] }, one ? 0 : 1] };
  const byEvent = await activeSegment(server, 'by_event', amounts);
  const asks = await activeSegment(server, 'asks', { and: [{ in_segment: ['secret'] }, city] });
  const turned = await activeSegment(server, 'turned', hidden);
  await saveSegment(server, { id: turned.id, version: turned.version, name: 'turned', rule: city });
  const former = await activeSegment(server, 'former', hidden);
  await server.ask('mutation ($id: ID!) { deleteSegment(id: $id) }', { id: former.id });
  const made = { open, paused, secret, masked, byEvent, asks, turned, former };
  return Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id]));
}

async function archive(server: TestServer): Promise<void> {
  for (const key of keys.archived)
    await server.ask('mutation ($key: ID!) { archiveField(key: $key) { key } }', { key });
}

/** Lists that the administrator shares, and a change of many that she made. */
async function makeViews(server: TestServer, side: Side): Promise<void> {
  const hidden = side === 'one' ? { '>': [{ var: 'h_number' }, 130] } : { '==': [{ var: 'h_select' }, 'gold'] };
  for (const [name, filter] of [
    ['open', { '>': [{ var: 'score' }, 3] }],
    ['closed', hidden],
  ] as const)
    await server.ask('mutation ($input: CustomerViewInput!) { saveCustomerView(input: $input) { id } }', {
      input: { name, shared: true, filter, sort: [{ field: 'name' }], columns: [{ key: 'name' }, { key: 'h_text' }] },
    });
}

async function makeRole(server: TestServer): Promise<string> {
  const capabilities = ['MANAGE_SEGMENTS', 'MANAGE_FIELDS', 'EXPORT', 'VIEW_AUDIT', 'ERASE_CUSTOMERS'];
  const rowScope = { '==': [{ var: 'city' }, 'east'] };
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input: { name: 'East', capabilities, defaultAccess: 'WRITE', rowScope } },
  );
  const entries = [
    ...[...keys.hidden, 'h_archived', 'events'].map((fieldKey) => ({ fieldKey, access: 'HIDDEN' })),
    ...keys.masked.map((fieldKey) => ({ fieldKey, access: 'MASKED' })),
    ...['born', 'rank'].map((fieldKey) => ({ fieldKey, access: 'READ' })),
  ];
  await server.ask(
    'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
    { id: saveRole.id, entries },
  );
  return saveRole.id;
}
