import type { Guard, GuardTest } from '../guards.ts';

const rowScope = (name: string): GuardTest => ({ file: 'customers/row-scope.test.ts', name });
const fieldAccess = (name: string): GuardTest => ({ file: 'access/field-access.test.ts', name });
const duplicates = (name: string): GuardTest => ({ file: 'customers/duplicates.test.ts', name });
const forRole = (name: string): GuardTest => ({ file: 'customers/customer-for-role.test.ts', name });
const reads = (name: string): GuardTest => ({ file: 'audit-log/sensitive-reads.test.ts', name });
const retention = (name: string): GuardTest => ({ file: 'retention/retention.test.ts', name });

/** What keeps customers and their values from who may not know them. */
export const customersGuards: readonly Guard[] = [
  {
    name: 'values of hidden fields are left out',
    why: 'Whoever reads a customer would read everything.',
    file: 'customers/show-customer.ts',
    code: `.filter(({ access }) => access !== 'HIDDEN');`,
    without: '.slice();',
    test: fieldAccess('is absent from the fields and from values'),
  },
  {
    name: 'masked values are masked',
    why: 'Whoever may see that there is a value would see it.',
    file: 'customers/show-customer.ts',
    code: `access === 'MASKED' ?`,
    without: `access === ('NEVER' as string) ?`,
    test: fieldAccess('is shown as one that has a value, and only roughly which'),
  },
  {
    name: 'a hidden field is not written',
    why: 'A value that nobody may see would be overwritten, and it would be told that the field is there.',
    file: 'customers/check-submission.ts',
    code: `return field && !field.archived && rights.accessTo(key) !== 'HIDDEN' ? field : undefined;`,
    without: `return field && !field.archived && rights ? field : undefined;`,
    test: fieldAccess('a HIDDEN field'),
  },
  {
    name: 'who may not write a field does not',
    why: 'Readers would be writers.',
    file: 'customers/check-submission.ts',
    code: `if (!context.rights.may(field.key, 'write') && !field.computed) {`,
    without: 'if (context.rights.held.length === 0 && !field.computed) {',
    test: fieldAccess('is not written, but may be sent back'),
  },
  {
    name: 'creating is a right',
    why: 'Readers would make customers.',
    file: 'customers/save-customer.ts',
    code: 'if (!before) await requireCreation(tx);',
    without: 'if (!before) requireCreation;',
    test: fieldAccess('several roles'),
  },
  {
    name: 'a save does not leave the scope unasked',
    why: 'A writer would lose customers to others by mistake.',
    file: 'customers/leave-scope.ts',
    code: 'if (before && !rights) await requireLeave(tx, before, mayLeave);',
    without: '',
    test: rowScope('is refused, unless it is asked for'),
  },
  {
    name: 'a change of many does not leave the scope',
    why: 'All customers of a selection would be lost at once.',
    file: 'customers/update-selection.ts',
    code: 'if (left.size === 0) return changes;',
    without: 'if (left.size >= 0) return changes;',
    test: rowScope('changes in bulk what is in it alone, and refuses whoever would leave it'),
  },
  {
    name: 'the order of customers is one that may be known',
    why: 'Sorted by a masked field, customers tell its values.',
    file: 'customers/sort-order.ts',
    code: `sort.filter(({ field }) => !rights.may(field, 'sort'))`,
    without: `sort.filter(({ field }) => field === '' && rights.isScoped)`,
    test: fieldAccess('a MASKED field'),
  },
  {
    name: 'memberships tell of no restricted segment',
    why: 'Being in a segment tells of a customer what its rule reads.',
    file: 'customers/memberships.ts',
    code: 'return rows.filter(({ customerId, segmentId }) => customerId === id && !isRestricted(segmentId));',
    without: `return rows.filter(({ customerId, segmentId }) => customerId === id && (isRestricted(segmentId) || segmentId !== ''));`,
    test: fieldAccess('is left out of memberships, history, and what a save moved'),
  },
  {
    name: 'who has a unique value is told to who sees them',
    why: 'A save that is refused would tell of a customer of somebody else.',
    file: 'customers/check-customer.ts',
    code: 'const isTold = await toldOf(tx, taken);',
    without: 'const isTold = (await toldOf(tx, taken)) && (() => true);',
    test: duplicates('is free to who sees that customer but not the value'),
  },
  {
    name: 'duplicates are told to who sees both',
    why: 'The list would name customers of others, with their values.',
    file: 'customers/list-duplicates.ts',
    code: 'const { from } = await scopedCustomers(tx, { uses: { fields: [key] } }, parameters);',
    without: 'const { from } = await scopedCustomers(tx, {}, parameters);',
    test: duplicates('is listed for who may see both, until one of them gives it up'),
  },
  {
    name: 'a distribution of a sensitive field is told of no few',
    why: 'The least and the greatest value of few customers are those of single ones, and nobody notes who read them.',
    file: 'customers/field-distribution.ts',
    code: 'parameters.add(field.sensitive ? FEWEST : 1)',
    without: 'parameters.add(FEWEST > 0 ? 1 : FEWEST)',
    test: { file: 'customers/preview-rule.test.ts', name: 'of a sensitive field nothing is told' },
  },
  {
    name: 'who reads sensitive values is noted',
    why: 'Nobody could tell any more who has seen them.',
    file: 'customers/customer.resolver.ts',
    code: 'await noteRead(ctx, read);',
    without: 'noteRead; ctx; read;',
    test: reads('are noted once for an answer'),
  },
  {
    name: 'a selection is erased by who may erase',
    why: 'Everybody could have customers erased, and retention rules would go on for who may no more.',
    file: 'customers/erase-selection.ts',
    code: `await requireCapability(tx, 'ERASE_CUSTOMERS');\n  return`,
    without: 'requireCapability;\n  return',
    test: retention('the user may erase no more'),
  },
  {
    name: 'a customer as a role sees it is seen by the role',
    why: 'A preview would show what the role never gets.',
    file: 'customers/customer-for-role.ts',
    code: 'roleIds: [role.id] }',
    without: 'roleIds: [...ctx.viewer.roleIds, role.id] }',
    test: forRole('is nothing where it lies in no scope of the role'),
  },
];
