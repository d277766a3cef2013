import type { Guard, GuardTest } from '../guards.ts';

const audit = (name: string): GuardTest => ({ file: 'audit-log/audit-log.test.ts', name });
const exported = (name: string): GuardTest => ({ file: 'exports/exports.test.ts', name });
const reads = (name: string): GuardTest => ({ file: 'audit-log/sensitive-reads.test.ts', name });
const exportedLog = (name: string): GuardTest => ({ file: 'exports/export-audit-log.test.ts', name });
const person = (name: string): GuardTest => ({ file: 'exports/export-person.test.ts', name });
const retentionRun = (name: string): GuardTest => ({ file: 'retention/retention-run.test.ts', name });

/** What the audit log, the access log and exports tell. */
export const recordsGuards: readonly Guard[] = [
  {
    name: 'the audit log is for who may see it',
    why: 'It tells everything.',
    file: 'audit-log/list-audit-log.ts',
    code: `await requireCapability(tx, 'VIEW_AUDIT');`,
    without: 'requireCapability;',
    test: audit('is for who may see it'),
  },
  {
    name: 'the audit log tells of no other customers',
    why: 'That something was done to somebody tells that they are there.',
    file: 'audit-log/list-audit-log.ts',
    code: "case when a.target like 'customer:%' then substr",
    without: "case when a.target like 'nobody:%' then substr",
    test: audit('is nothing of customers in nobody’s scope, those who are gone among them'),
  },
  {
    name: 'the audit log shows what may be shown',
    why: 'Old and new values of hidden fields stand in it.',
    file: 'audit-log/shown-changes.ts',
    code: `if (!field || access === 'HIDDEN') return [];`,
    without: 'if (!field) return [];',
    test: audit('is nothing of a hidden field, and the mask of a masked one'),
  },
  {
    name: 'exporting is a right, page by page',
    why: 'A right that was taken away would last as long as the file is long.',
    file: 'exports/export-customers.ts',
    code: `await requireCapability(tx, 'EXPORT');`,
    without: 'requireCapability;',
    test: exported('refuse a restricted segment, who may not export, and who is not signed in'),
  },
  {
    name: 'an export leaves out what is masked',
    why: 'A file would hold what no page shows.',
    file: 'exports/export-customers.ts',
    code: `if (keys === null) return visible.filter(({ key }) => rights.may(key, 'export'));`,
    without: 'if (keys === null) return visible;',
    test: exported('leave out what is hidden and what is masked'),
  },
  {
    name: 'an export is of each customer what its roles may read',
    why: 'A column that one role reads of its customers would hold those of all others.',
    file: 'exports/export-customers.ts',
    code: `rights.may(column.key, 'export') ? write`,
    without: 'rights.held.length > 0 ? write',
    test: exported('leave out of each customer what the roles that count there may not read'),
  },
  {
    name: 'exporting one person is a right',
    why: 'Whoever sees a customer would carry everything on them away.',
    file: 'exports/export-person.ts',
    code: `await requireCapability(tx, 'EXPORT');`,
    without: 'requireCapability;',
    test: person('has the right to, and sees the customer'),
  },
  {
    name: 'exporting the audit log is a right, page by page',
    why: 'Whoever may look at what was done would carry all of it away.',
    file: 'exports/export-audit-log.ts',
    code: `await read(ctx, (tx) => requireCapability(tx, 'EXPORT'));`,
    without: 'read; requireCapability;',
    test: exportedLog('refuse who may not export, who may not view the log, and who is not signed in'),
  },
  {
    name: 'what an export of the audit log tells of sensitive fields is noted',
    why: 'Old and new values of all customers would be carried away without a trace.',
    file: 'exports/export-audit-log.ts',
    code: 'await noteReads(',
    without: 'await (noteReads, async (..._: unknown[]) => undefined)(',
    test: exportedLog('note of each customer what sensitive fields were told'),
  },
  {
    name: 'what was searched for in the audit log is for who sees all of it',
    why: 'It may name who tried to sign in, or a customer of another scope.',
    file: 'audit-log/shown-changes.ts',
    code: `return seesAll && rights.has('MANAGE_USERS') ? changes : restricted;`,
    without: 'return seesAll || rights.held.length > 0 ? changes : restricted;',
    test: exportedLog('tell what was searched for to who may see the whole log'),
  },
  {
    name: 'what was done with how many customers is for who sees all',
    why: 'The number of customers of all scopes, and by what they were chosen, would be told to who sees one.',
    file: 'audit-log/shown-changes.ts',
    code: 'const seesAll = reading.some(({ role }) => role.rowScope === null);',
    without: 'const seesAll = reading.length > 0;',
    test: audit('is not with how many customers something was done'),
  },
  {
    name: 'archived sensitive fields are noted too',
    why: 'Whoever archives a field could read in the audit log what it held, without a trace.',
    file: 'access-log/sensitive-values.ts',
    code: 'filter(({ sensitive }) => sensitive)',
    without: 'filter(({ sensitive, archived }) => sensitive && !archived)',
    test: reads('are noted of what was changed of a field that is archived'),
  },
  {
    name: 'the access log is for who may see it',
    why: 'It tells who read what of whom.',
    file: 'audit-log/list-sensitive-reads.ts',
    code: `await requireCapability(tx, 'VIEW_AUDIT');`,
    without: 'requireCapability;',
    test: reads('is for who may see it'),
  },
  {
    name: 'the access log names no hidden field',
    why: 'That a hidden field was read of somebody tells that it is there, and filled in.',
    file: 'audit-log/shown-reads.ts',
    code: `keys.filter((key) => rights.accessTo(key) !== 'HIDDEN')`,
    without: `keys.filter((key) => key !== '' || rights.isScoped)`,
    test: reads('names no hidden field'),
  },
  {
    name: 'the access log tells of no other customers',
    why: 'That somebody was read tells that they are there.',
    file: 'audit-log/shown-reads.ts',
    code: 'return counting.includes(true) ? rights.counting(counting) : undefined;',
    without: 'return counting.length > 0 ? rights : undefined;',
    test: reads('tells of nobody outside of the scope'),
  },
  {
    name: 'what is exported of sensitive fields is noted',
    why: 'Whole lists would be carried away without a trace.',
    file: 'exports/export-customers.ts',
    code: 'await noteReads(ctx, page.told);',
    without: 'noteReads;',
    test: reads('are noted of every row of a file'),
  },
  {
    name: 'how many a retention rule is to erase is for who sees every customer',
    why: 'The audit log would tell who sees some customers for how many others a rule holds.',
    file: 'audit-log/shown-changes.ts',
    code: `(entry.action !== 'retention.run' || knowsOfWhom(entry))`,
    without: `(entry.action !== 'retention.run' || entry !== knowsOfWhom)`,
    test: retentionRun('is told to who sees every customer'),
  },
];
