import { samples } from './samples.ts';
import { computedOf } from './shapes.ts';

/** What operations are called with: things of the world, by name. */
export interface Things {
  readonly east: string;
  readonly segment: string;
  readonly event: string;
  readonly role: string;
  readonly job: string;
  /** A retention rule. */
  readonly retention: string;
  /** A form that customers were saved by. */
  readonly form: string;
  /** An answer that waits for somebody to say whose it is. */
  readonly review: string;
  /** The key of a field that the viewer may not read. */
  readonly secret: string;
}

const rule = (key: string) => ({ '>': [{ var: key }, 1] });

/**
 * How every operation of the API is called to get at what is hidden: by name, the variables for its arguments. One that the schema has and
 * this list has not fails the test.
 */
export const operations: Readonly<Record<string, (things: Things) => Readonly<Record<string, unknown>>>> = {
  'Query.answerDistribution': ({ form, secret }) => ({ formId: form, fieldKey: secret }),
  'Query.answerDistributions': ({ form, secret }) => ({ formId: form, fieldKeys: [secret] }),
  'Query.auditLog': () => ({ first: 1_000 }),
  'Query.conversions': ({ secret }) => ({ key: secret }),
  'Query.previewConversion': ({ secret }) => ({ key: secret, type: 'LONG_TEXT' }),
  'Query.customer': ({ east }) => ({ id: east }),
  'Query.customerViews': () => ({}),
  'Query.accessEffects': ({ role, secret }) => ({ roleId: role, entries: [{ fieldKey: secret, access: 'READ' }] }),
  'Query.duplicates': () => ({}),
  'Query.customers': ({ secret }) => ({ sort: [{ field: secret }] }),
  'Query.eventTypes': () => ({}),
  'Query.explain': ({ east, segment }) => ({ customerId: east, segmentId: segment }),
  'Query.exportForm': ({ east }) => ({ id: east }),
  'Query.exportRule': ({ secret }) => ({ rule: rule(secret) }),
  'Query.fieldDistribution': ({ secret }) => ({ fieldKey: secret }),
  'Query.fields': () => ({ includeArchived: true }),
  'Query.files': () => ({ ids: [samples.FILE.value] }),
  'Query.form': ({ form }) => ({ id: form }),
  'Query.forms': () => ({}),
  'Query.importRule': ({ secret }) => ({ rule: rule(secret) }),
  'Query.job': ({ job }) => ({ id: job }),
  'Query.jobs': () => ({}),
  'Query.limits': () => ({}),
  'Query.me': () => ({}),
  'Query.previewRule': ({ secret }) => ({ rule: { or: [true, rule(secret)] }, sample: 20 }),
  'Query.retentionRules': () => ({}),
  'Query.reviews': () => ({ first: 500 }),
  'Query.roles': () => ({}),
  'Query.segment': ({ segment }) => ({ id: segment }),
  'Query.segments': () => ({}),
  'Query.sensitiveReads': () => ({ first: 500 }),
  'Query.submissions': ({ form, secret }) => ({
    formId: form,
    first: 500,
    matching: { filter: { or: [true, rule(secret)] } },
  }),
  'Query.templates': () => ({}),
  'Query.users': () => ({}),
  'Query.valueTaken': ({ secret }) => ({ fieldKey: secret, value: 1 }),
  'Mutation.activateSegment': ({ segment }) => ({ id: segment }),
  'Mutation.applyTemplate': () => ({ key: 'clinic' }),
  'Mutation.archiveField': ({ secret }) => ({ key: secret }),
  'Mutation.bringBackReview': ({ review }) => ({ submissionId: review }),
  'Mutation.cancelJob': ({ job }) => ({ id: job }),
  'Mutation.changePassword': () => ({ old: 'wrong', new: 'another password' }),
  'Mutation.correctEvent': ({ event, east }) => ({
    id: event,
    input: { customerId: east, type: 'order', at: '2026-01-01T00:00:00Z' },
  }),
  'Mutation.createField': ({ secret }) => ({
    input: { key: 'guess', type: 'FORMULA', label: 'guess', formula: { '+': [{ var: secret }, 1] } },
  }),
  'Mutation.deleteCustomerView': ({ east }) => ({ id: east }),
  'Mutation.deleteEvent': ({ event }) => ({ id: event }),
  'Mutation.deleteForm': ({ event }) => ({ id: event }),
  'Mutation.deleteRole': ({ role }) => ({ id: role }),
  'Mutation.deleteSegment': ({ segment }) => ({ id: segment }),
  'Mutation.dismissReview': ({ review }) => ({ submissionId: review }),
  'Mutation.eraseCustomer': ({ east }) => ({ id: east, version: 99 }),
  'Mutation.eraseCustomers': () => ({ selection: { ids: [] } }),
  'Mutation.importForm': ({ secret }) => ({
    document: {
      format: 'kequn-form',
      version: 1,
      name: 'x',
      settings: {},
      layout: { pages: [{ sections: [{ columns: [{ items: [{ field: secret }] }] }] }] },
      fields: [{ key: secret, type: 'NUMBER', label: 'x' }],
    },
  }),
  'Mutation.loadDemo': () => ({}),
  'Mutation.login': () => ({ email: 'nobody@example.com', password: 'guess' }),
  'Mutation.orderFields': ({ secret }) => ({ keys: [secret] }),
  'Mutation.pauseSegment': ({ segment }) => ({ id: segment }),
  'Mutation.publishForm': ({ form }) => ({ id: form }),
  'Mutation.recordEvents': ({ east }) => ({ events: [{ customerId: east, type: 'order', at: 'never' }] }),
  'Mutation.restoreField': ({ secret }) => ({ key: secret }),
  'Mutation.resolveReview': ({ review, east, secret }) => ({
    submissionId: review,
    customerId: east,
    fields: [secret],
  }),
  'Mutation.restoreFormVersion': ({ form }) => ({ id: form, number: 1 }),
  'Mutation.restoreSegmentVersion': ({ segment }) => ({ id: segment, number: 1 }),
  'Mutation.retryJob': ({ job }) => ({ id: job }),
  'Mutation.saveCustomer': ({ east }) => ({ input: { id: east, version: 1, values: { name: 'An' } } }),
  'Mutation.saveCustomerView': ({ secret }) => ({ input: { name: 'x', filter: rule(secret) } }),
  'Mutation.saveEventType': () => ({ input: { key: 'order', label: 'Order' } }),
  'Mutation.saveForm': ({ secret }) => ({
    input: { name: 'x', layout: { pages: [{ sections: [{ columns: [{ items: [{ field: secret }] }] }] }] } },
  }),
  'Mutation.saveRole': () => ({ input: { name: 'x', capabilities: [], defaultAccess: 'WRITE' } }),
  'Mutation.saveSegment': ({ secret }) => ({ input: { name: 'x', rule: rule(computedOf(secret)) } }),
  'Mutation.saveUser': () => ({ input: { email: 'x', name: 'x', roleIds: [] } }),
  'Mutation.setFieldAccess': ({ role, secret }) => ({ roleId: role, entries: [{ fieldKey: secret, access: 'READ' }] }),
  'Mutation.setFormPublic': ({ form }) => ({ id: form, public: true }),
  'Mutation.shareSegment': ({ segment, role }) => ({ id: segment, roleIds: [role] }),
  'Mutation.updateCustomers': ({ east }) => ({ selection: { ids: [east] }, values: { name: 'An' } }),
  'Mutation.updateField': ({ secret }) => ({ key: secret, input: { help: 'x' } }),
  'Mutation.replaceOption': ({ secret }) => ({ key: secret, option: 'gold', with: null }),
  'Mutation.undoConversion': ({ east }) => ({ id: east }),
  'Mutation.viewAs': ({ role }) => ({ roleId: role }),
  // Each needs what the one before has done.
  'Mutation.saveRetentionRule': ({ secret }) => ({ input: { name: 'x', rule: rule(computedOf(secret)) } }),
  'Mutation.activateRetentionRule': ({ retention }) => ({ id: retention, version: 1 }),
  'Mutation.runRetentionRule': ({ retention }) => ({ id: retention }),
  'Mutation.pauseRetentionRule': ({ retention }) => ({ id: retention }),
  'Mutation.deleteRetentionRule': ({ retention }) => ({ id: retention }),
  // Last, for it ends the session.
  'Mutation.logout': () => ({}),
};

/** Where else data leaves the server; those of no customer's are not asked. */
export const routes: readonly string[] = [
  '/exports/customers.csv',
  '/exports/customers.xlsx',
  '/exports/audit-log.csv',
  '/exports/audit-log.xlsx',
  '/metrics',
  '/health/ready',
  '/health/live',
];

/** Where the answers to a form leave the server. */
export function answersRoute(formId: string, extension: 'csv' | 'xlsx' = 'csv'): string {
  return `/exports/submissions.${extension}?form=${formId}`;
}

/** Where everything on one customer leaves the server. */
export function personRoute(customerId: string): string {
  return `/exports/customers/${customerId}.json`;
}
