import type { Chances } from './chances.ts';
import { documentOf, selection } from './documents.ts';
import { operations, routes } from './operations.ts';
import { keys } from './twins.ts';

/** One thing that is asked of both worlds, in names: a GraphQL document with variables, or an address. */
export interface Question {
  readonly kind: string;
  readonly document?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly path?: string;
}

type Variables = Readonly<Record<string, unknown>>;

/** How each operation is asked at random. One that is not here is asked as the list of operations says, of a random field. */
const asked: Readonly<Record<string, (by: Chances) => Variables>> = {
  'Query.answerDistribution': (by) => ({ formId: by.id('Form'), fieldKey: by.key() }),
  'Query.answerDistributions': (by) => ({
    formId: by.id('Form'),
    fieldKeys: [by.key(), by.key()],
    matching: matching(by),
  }),
  'Query.auditLog': (by) => ({
    first: 1 + by.under(30),
    customerId: by.chance(0.3) ? by.id('Customer') : null,
    search: by.chance(0.4) ? by.one([noId(by.word()), 'segment', 'field:', 'customer', 'role', by.key()]) : null,
    from: by.chance(0.8) ? null : '2001-01-01T00:00:00Z',
    to: by.chance(0.8) ? null : '2100-01-01T00:00:00Z',
  }),
  'Query.customer': (by) => ({ id: by.id('Customer') }),
  'Query.customers': (by) => ({
    first: 1 + by.under(20),
    filter: by.chance(0.6) ? by.openRule() : null,
    search: by.chance(0.4) ? by.word() : null,
    sort: by.order(),
  }),
  'Query.explain': (by) => ({
    customerId: by.id('Customer'),
    ...(by.chance(0.5) ? { rule: by.openRule() } : { segmentId: by.id('Segment') }),
  }),
  'Query.exportRule': (by) => ({ rule: by.openRule() }),
  'Query.importRule': (by) => ({ rule: by.openRule() }),
  'Query.fieldDistribution': (by) => ({ fieldKey: by.chance(0.6) ? by.one(['score', 'rank', 'doubled']) : by.key() }),
  'Query.job': (by) => ({ id: by.lateId('Job') }),
  'Query.previewRule': (by) => ({ rule: by.openRule(), sample: by.under(21), estimate: by.chance(0.5) }),
  'Query.segment': (by) => ({ id: by.id('Segment') }),
  'Query.submissions': (by) => ({ formId: by.id('Form'), first: 1 + by.under(20), matching: matching(by) }),
  'Query.valueTaken': (by) => {
    const fieldKey = by.chance(0.7) ? 'code' : by.key();
    return { fieldKey, value: by.value(fieldKey), exceptCustomerId: by.chance(0.5) ? by.id('Customer') : null };
  },
  'Mutation.activateSegment': (by) => ({ id: by.chance(0.7) ? by.lateId('Segment') : by.id('Segment') }),
  'Mutation.archiveField': (by) => ({ key: by.chance(0.6) ? by.one([...by.own, 'tags']) : by.key() }),
  'Mutation.cancelJob': (by) => ({ id: by.lateId('Job') }),
  'Mutation.createField': (by) => ({ input: newField(by) }),
  'Mutation.deleteCustomerView': (by) => ({ id: by.id('CustomerView') }),
  'Mutation.deleteSegment': (by) => ({ id: by.chance(0.8) ? by.lateId('Segment') : by.id('Segment') }),
  'Mutation.eraseCustomer': (by) => atVersion(by, by.chance(0.7) ? by.lateId('Customer') : by.id('Customer')),
  'Mutation.eraseCustomers': (by) => ({
    selection: { ids: [by.lateId('Customer'), by.id('Customer')].slice(by.under(3)) },
  }),
  'Mutation.orderFields': (by) => ({ keys: by.chance(0.7) ? by.some(keys.visible, 3) : [by.key(), by.key()] }),
  'Mutation.pauseSegment': (by) => ({ id: by.id('Segment') }),
  'Mutation.restoreField': (by) => ({ key: by.one([...by.own, 'tags', 'v_archived', by.key()]) }),
  'Mutation.restoreSegmentVersion': (by) => ({ id: by.id('Segment'), number: 1 + by.under(2) }),
  'Mutation.retryJob': (by) => ({ id: by.lateId('Job') }),
  'Mutation.saveCustomer': (by) => ({
    input: by.chance(0.65)
      ? { ...atVersion(by, by.id('Customer')), values: by.values(3) }
      : { values: { city: 'east', ...by.values(4) } },
    leaveScope: by.chance(0.05),
  }),
  'Mutation.saveCustomerView': (by) => ({
    input: {
      ...(by.chance(0.3) && atVersion(by, by.id('CustomerView'))),
      name: `view ${by.under(9)}`,
      shared: by.chance(0.3),
      filter: by.chance(0.5) ? by.openRule() : null,
      sort: by.order(),
      columns: by.chance(0.5) ? [] : [...new Set(['name', by.key()])].map((key) => ({ key })),
    },
  }),
  // None of them erases anybody: nobody has this code.
  'Mutation.saveRetentionRule': (by) => ({
    input: {
      ...(by.chance(0.3) && atVersion(by, by.id('RetentionRule'))),
      name: `retention ${by.under(9)}`,
      rule: { and: [{ '==': [{ var: 'code' }, 'nobody'] }, by.openRule()] },
    },
  }),
  'Mutation.activateRetentionRule': (by) => atVersion(by, by.lateId('RetentionRule')),
  'Mutation.saveSegment': (by) => {
    const rest = { name: `segment ${(by.made += 1)}`, rule: by.openRule() };
    // A key that the server makes up would be another one in each world.
    return {
      input: by.chance(0.4) ? { ...rest, ...atVersion(by, by.id('Segment')) } : { ...rest, key: `made_${by.made}` },
    };
  },
  'Mutation.updateCustomers': (by) => ({
    selection: by.chance(0.5)
      ? { ids: [by.id('Customer'), by.id('Customer'), by.id('Customer')] }
      : { matching: { filter: by.openRule(), search: by.chance(0.2) ? by.word() : null } },
    values: by.chance(0.8) ? { note: by.word() || 'x' } : by.values(2),
  }),
  'Mutation.updateField': (by) => changedField(by),
};

function atVersion(by: Chances, id: string) {
  return { id, version: by.version(id) };
}

function newField(by: Chances): object {
  const key = by.chance(0.9) ? `n${(by.made += 1)}` : by.key();
  if (by.chance(0.4)) {
    const formula = by.one([
      { '*': [{ var: by.key() }, 3] },
      { if: [by.openRule(), 1, 2] },
      { '/': [100, { var: 'score' }] },
    ]);
    return { key, type: 'FORMULA', label: key, formula, released: by.chance(0.1) };
  }
  return { key, type: by.one(['TEXT', 'NUMBER', 'DATE']), label: key, unique: by.chance(0.2) };
}

function changedField(by: Chances): Variables {
  const key = by.chance(0.5) ? by.one([...by.own, 'note', 'level', 'rank']) : by.key();
  const options = ['gold', 'blue', 'grey'].map((option) => ({ key: option, label: option }));
  const input = by.one<object>([
    { help: by.word() },
    { label: `label ${by.under(9)}` },
    { validation: { rule: by.openRule() } },
    { validation: {} },
    { formula: { '*': [{ var: by.key() }, 2] } },
    { released: true },
    { unique: true },
    { unique: false },
    { type: by.one(['TEXT', 'NUMBER', 'LONG_TEXT', 'SELECT']) },
    { options: options.slice(by.under(3)) },
  ]);
  return { key, input, ...(by.chance(0.5) && { version: by.version(key) }) };
}

/** Lists that stand within something, of which arguments are asked. */
const within: Readonly<Record<string, readonly [string, (by: Chances) => Variables]>> = {
  'Segment.members': [
    `query ($id: ID!, $at: DateTime, $after: String, $first: Int) { segment(id: $id) {
      members(at: $at, after: $after, first: $first) { totalCount pageInfo { hasNextPage endCursor } nodes ${selection('Customer', 0)} } } }`,
    (by) => ({ id: by.id('Segment'), at: by.instant(), first: 1 + by.under(5) }),
  ],
  'Segment.history': [
    `query ($id: ID!, $before: DateTime) { segment(id: $id) {
      history(before: $before, first: 100) ${selection('MemberChange', 1)} versions ${selection('SegmentVersion', 0)} } }`,
    (by) => ({ id: by.id('Segment'), before: by.instant() }),
  ],
  'Customer.memberships': [
    `query ($id: ID!, $at: DateTime) { customer(id: $id) {
      memberships(at: $at) ${selection('Membership', 1)} membershipHistory(before: $at) ${selection('MembershipChange', 1)} } }`,
    (by) => ({ id: by.id('Customer'), at: by.instant() }),
  ],
  'Customer.events': [
    `query ($id: ID!, $before: DateTime) { customer(id: $id) { events(before: $before) ${selection('Event', 0)} } }`,
    (by) => ({ id: by.id('Customer'), before: by.instant() }),
  ],
};

/** Operations that do little or much harm to what is asked later, by how often they come. */
const often: Readonly<Record<string, number>> = {
  'Query.customers': 6,
  'Query.customer': 2,
  'Query.previewRule': 4,
  'Query.explain': 4,
  'Query.auditLog': 3,
  'Query.segments': 2,
  'Mutation.saveCustomer': 8,
  'Mutation.saveSegment': 3,
  'Mutation.activateSegment': 2,
  'Mutation.updateField': 2,
  'Mutation.updateCustomers': 3,
  'Segment.members': 3,
  'Segment.history': 2,
  'Customer.memberships': 2,
};

/** Every kind of question: operations, lists within things, and addresses. */
export const kinds: readonly string[] = [...Object.keys(operations), ...Object.keys(within), ...routes];

/** The kinds in which questions come, some of them often. */
export const deck: readonly string[] = kinds.flatMap((kind) => Array.from({ length: often[kind] ?? 1 }, () => kind));

/** Makes a question of a kind. */
export function question(kind: string, by: Chances): Question {
  const pages = by.pages.filter((page) => page.kind === kind);
  if (pages.length > 0 && by.chance(0.4)) {
    const { variables, after } = by.one(pages);
    return asOperation(kind, { ...variables, after });
  }
  if (routes.includes(kind))
    return { kind, variables: {}, path: kind.startsWith('/exports') ? kind + order(by, kind) : kind };
  return asOperation(kind, variablesFor(kind, by));
}

function asOperation(kind: string, variables: Variables): Question {
  return { kind, variables, document: within[kind]?.[0] ?? documentOf(kind, Object.keys(variables)) };
}

function variablesFor(kind: string, by: Chances): Variables {
  const maker = within[kind]?.[1] ?? asked[kind];
  if (maker) return maker(by);
  const ids = { east: by.id('Customer'), segment: by.id('Segment'), event: by.id('Event'), role: by.id('Role') };
  const late = { job: by.lateId('Job'), retention: by.lateId('RetentionRule') };
  const answers = { form: by.id('Form'), review: by.id('Submission') };
  return operations[kind]!({ ...ids, ...late, ...answers, secret: by.key() });
}

/** What answers are asked for. */
function matching(by: Chances): Variables {
  return { filter: by.chance(0.6) ? by.openRule() : null, search: by.chance(0.3) ? by.word() : null };
}

/** A word to look for in the audit log that cannot stand in an id by chance: those are others in each world. */
function noId(word: string): string {
  return /^[\da-f-]*$/i.test(word) ? 'segment' : word;
}

/** What is asked of an export. */
function order(by: Chances, kind: string): string {
  const parts = new URLSearchParams();
  if (by.chance(0.4)) parts.set('columns', [by.one(keys.visible), by.chance(0.5) ? 'name' : by.key()].join(','));
  if (by.chance(0.4)) parts.set('filter', JSON.stringify(by.openRule()));
  if (by.chance(0.3)) parts.set('search', kind.includes('audit-log') ? noId(by.word()) : by.word());
  if (by.chance(0.3)) parts.set('segment', by.id('Segment'));
  // Names of ids stay names until they are asked.
  return `?${parts.toString().replaceAll('%3C', '<').replaceAll('%3E', '>')}`;
}
