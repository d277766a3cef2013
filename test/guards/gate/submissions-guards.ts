import type { Guard, GuardTest } from '../guards.ts';

const listed = (name: string): GuardTest => ({ file: 'submissions/submissions.test.ts', name });
const decided = (name: string): GuardTest => ({ file: 'submissions/reviews.test.ts', name });
const exported = (name: string): GuardTest => ({ file: 'exports/export-submissions.test.ts', name });

/** What keeps answers from who may not see their customers, and decisions from who may not write them. */
export const submissionsGuards: readonly Guard[] = [
  {
    name: 'answers are seen by who sees their customers',
    why: 'Everybody would read what the customers of others have answered.',
    file: 'submissions/visible-answers.ts',
    code: '`exists (select 1 from ${from} and c.id = s.customer_id)`',
    without: '`(s.customer_id is not null or exists (select 1 from ${from}))`',
    test: listed('nothing where its customer is in no scope'),
  },
  {
    name: 'an answer of nobody yet is seen by who reads what it was matched by',
    why: 'That it waits would tell that somebody has a value that the viewer may not read.',
    file: 'submissions/visible-answers.ts',
    code: `filter((key) => !rights.alone(role).may(key, 'filter'))`,
    without: `filter((key) => key === '' && rights.alone(role).may(key, 'filter'))`,
    test: listed('is nothing to who sees everybody, and may not read a field that it was matched by'),
  },
  {
    name: 'no scope counts on an answer of nobody yet',
    why: 'A role would show what it may show of other customers.',
    file: 'submissions/visible-answers.ts',
    code: 'return rights.counting(rights.held.map(({ role }) => role.rowScope === null));',
    without: 'return rights;',
    test: listed('is told without what is hidden, by the roles that see everybody alone'),
  },
  {
    name: 'hidden answers are left out',
    why: 'A form would tell what the list of customers does not.',
    file: 'submissions/show-answer.ts',
    code: `access === 'HIDDEN' ? [] :`,
    without: `access === ('NEVER' as string) ? [] :`,
    test: listed('what they may see of its customer'),
  },
  {
    name: 'a question that was not asked is as one left empty',
    why: 'What a rule hid would tell of the fields that the rule reads.',
    file: 'submissions/show-answer.ts',
    code: `const value = values[field.key] ?? null;`,
    without: `const value = values[field.key] ?? null;\n    if (!(field.key in values)) return [];`,
    test: listed('a question that a rule hid'),
  },
  {
    name: 'who decides writes what an answer was matched by',
    why: 'Readers would decide.',
    file: 'submissions/review-to-decide.ts',
    code: 'requireWrites(rights, (await matchedKeys(tx, [answer]))(answer));',
    without: 'matchedKeys;',
    test: decided('writes what it was matched by, whatever is taken of it'),
  },
  {
    name: 'what is taken of an answer is written by who may see it whole',
    why: 'A role that counts on the customer would show what was hidden of the answer.',
    file: 'submissions/review-to-decide.ts',
    code: `  requireWrites(rights, taken);`,
    without: '',
    test: decided('is nobody who may write a field by a role that does not see everybody'),
  },
  {
    name: 'all of an answer is taken by who knows all of it',
    why: 'What is hidden would be written, or lost, by who does not know of it.',
    file: 'submissions/review-to-decide.ts',
    code: `else if (known.length < fields.length) throw refused('FORBIDDEN');`,
    without: '',
    test: decided('is nobody who may not know of one of the fields'),
  },
  {
    name: 'nobody sees more of an answer by deciding whose it is',
    why: 'Who put it into a customer of theirs would read what was masked.',
    file: 'submissions/resolve-review.ts',
    code: 'await requireNothingGained(tx, review, customer.id);',
    without: 'requireNothingGained;',
    test: decided('does not see more of it by deciding'),
  },
  {
    name: 'one decides',
    why: 'Of two who decide at once each would make something of the same answer.',
    file: 'submissions/review-to-decide.ts',
    code: `if (answer.status !== 'REVIEW') throw refused('CONFLICT');`,
    without: '',
    test: decided('of several who decide one does'),
  },
  {
    name: 'a decision is audited for who sees everybody',
    why: 'It would tell that a customer has what an answer says.',
    file: 'audit-log/list-audit-log.ts',
    code: `if (!seesAll) conditions.push(\`a.target not like 'submission:%'\`);`,
    without: '',
    test: decided('a decision is told in the audit log to nobody'),
  },
  {
    name: 'answers are exported by who may export',
    why: 'Everybody could carry them away.',
    file: 'exports/export-submissions.ts',
    code: `await requireCapability(tx, 'EXPORT');`,
    without: 'requireCapability;',
    test: exported('are nothing to who may not export'),
  },
  {
    name: 'an exported answer holds what may be read of its customer',
    why: 'A file would tell what the page masks.',
    file: 'exports/export-submissions.ts',
    code: `field && rights.may(field.key, 'export') ?`,
    without: 'field && rights.held.length > 0 ?',
    test: exported('hold of each customer what the roles read that count on them'),
  },
];
