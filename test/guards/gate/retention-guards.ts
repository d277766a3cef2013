import type { Guard, GuardTest } from '../guards.ts';

const retention = (name: string): GuardTest => ({ file: 'retention/retention.test.ts', name });
const retentionRun = (name: string): GuardTest => ({ file: 'retention/retention-run.test.ts', name });

/** What keeps retention from erasing whom it was not to. */
export const retentionGuards: readonly Guard[] = [
  {
    name: 'retention rules are for who may erase',
    why: 'Everybody could read by what customers are erased.',
    file: 'retention/list-retention-rules.ts',
    code: `await requireCapability(tx, 'ERASE_CUSTOMERS');`,
    without: 'requireCapability;',
    test: retention('erase customers does nothing with retention rules'),
  },
  {
    name: 'retention rules are saved by who may erase',
    why: 'Who may erase nobody would leave a rule for others to activate.',
    file: 'retention/save-retention-rule.ts',
    code: `await requireCapability(tx, 'ERASE_CUSTOMERS');`,
    without: 'requireCapability;',
    test: retention('erase customers does nothing with retention rules'),
  },
  {
    name: 'retention rules are changed by who may erase',
    why: 'Who may erase nobody would have customers erased by the rights of others, or stop that.',
    file: 'retention/find-retention-rule.ts',
    code: `await requireCapability(tx, 'ERASE_CUSTOMERS');`,
    without: 'requireCapability;',
    test: retention('erase customers does nothing with retention rules'),
  },
  {
    name: 'a retention rule is closed to who may not read what it reads',
    why: 'Its rule and how many it erases tell of values that are hidden.',
    file: 'retention/find-retention-rule.ts',
    code: 'if (checked.ok) return rolesThatMayUse(tx, await sourcesOf(tx, checked.value));',
    without: 'if (checked.ok && rolesThatMayUse.length + sourcesOf.length > 0) return (await rightsOf(tx)).held;',
    test: retention('read what a rule reads sees nothing of it'),
  },
  {
    name: 'whom a retention rule erases is changed by who may erase',
    why: 'Another rule of a segment that it asks for would have others erased.',
    file: 'retention/run-retention-rule.ts',
    code: 'await requireSameBasis(tx.manager, rule);',
    without: 'requireSameBasis;',
    test: retention('a segment that it asks for is another one'),
  },
  {
    name: 'whom a run that goes on erases is changed by who may erase',
    why: 'Another rule of a segment would have a run that has begun erase everybody.',
    file: 'retention/retention-run.ts',
    code: 'await requireSameBasis(tx.manager, rule);',
    without: 'requireSameBasis;',
    test: retentionRun('erases nobody else when a segment that it asks for'),
  },
  {
    name: 'a run ends with its rule',
    why: 'By trying a job again somebody would go on erasing by a rule that was stopped.',
    file: 'retention/retention-run.ts',
    code: 'if (!rule?.active) throw ended(stopped);',
    without: 'if (!rule) throw ended(stopped);',
    test: retentionRun('ends after its step when the rule is paused'),
  },
  {
    name: 'a run is for the rule that was activated',
    why: 'By trying a job again somebody would go on erasing by a rule that was changed since.',
    file: 'retention/retention-run.ts',
    code: 'if (rule.version !== order.version || rule.basis !== order.basis) throw ended(changed);',
    without: 'changed;',
    test: retentionRun('when the rule was saved anew'),
  },
  {
    name: 'of a retention rule there is one run at a time',
    why: 'Stopping a rule would leave an earlier run going on.',
    file: 'retention/run-retention-rule.ts',
    code: 'if (await isUnderWay(tx, rule)) throw invalid(',
    without: 'if (isUnderWay.length === 0) throw invalid(',
    test: retentionRun('is the only one'),
  },
  {
    name: 'a retention rule leaves somebody out',
    why: 'A segment in which everybody is would have everybody erased.',
    file: 'retention/activate-retention-rule.ts',
    code: 'await requireLeavesOut(tx, rule)',
    without: 'requireLeavesOut',
    test: retentionRun('by way of a segment in which everybody is'),
  },
  {
    name: 'how many a retention rule has erased is for who sees every customer',
    why: 'Who sees some customers would learn how many others there were for whom a rule held.',
    file: 'retention/list-retention-rules.ts',
    code: 'isReadOfEverybody(tx, rule);',
    without: '!(await isRestricted(tx, rule)) || isReadOfEverybody.length === 0;',
    test: retentionRun('is told to who sees every customer'),
  },
];
