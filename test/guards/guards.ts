/** A piece of the code that the protocol of writers and changes, or the rights of viewers, rest on, and how one sees that it is needed. */
export interface Guard {
  readonly name: string;
  /** What goes wrong without it. */
  readonly why: string;
  /** Where it stands, below server/src. */
  readonly file: string;
  /** Its text, which stands in the file exactly once. */
  readonly code: string;
  /** What is run in its place to see what goes wrong. */
  readonly without: string;
  /** The test that has to fail then. */
  readonly test: GuardTest;
}

/** A test file below server/src, and which of its tests, by a pattern of their names. */
export interface GuardTest {
  readonly file: string;
  readonly name: string;
}

const transactions = 'platform/transaction.test.ts';
const ofBuild = 'segments/rebuild/build.test.ts';
const aRule: GuardTest = { file: 'segments/rebuild/rebuild.test.ts', name: 'keeps everybody right at every step' };
const aFormula: GuardTest = { file: 'segments/rebuild/rebuild.test.ts', name: 'one of a formula does the same' };

/** Every guard whose absence a test can see without luck; what only a rare order of events would show is not among them. */
export const guards: readonly Guard[] = [
  {
    name: 'a change takes G alone',
    why: 'A writer that does not know of a change could still be in flight when the change counts on there being none.',
    file: 'platform/transaction.ts',
    code: `'select pg_advisory_xact_lock($1)'`,
    without: `'select pg_advisory_xact_lock_shared($1)'`,
    test: { file: transactions, name: 'lets no change commit while a writer works' },
  },
  {
    name: 'a writer reads the version after G',
    why: 'A writer that waited for a change would decide by the rules of before it.',
    file: 'platform/transaction.ts',
    code: `    await manager.query('select pg_advisory_xact_lock_shared($1)', [G]);
    // A statement of its own after the lock: only its snapshot is sure to see the change that the lock waited for.
    return database.ruleSets.of(await readVersion(manager));`,
    without: `    const version = await readVersion(manager);
    await manager.query('select pg_advisory_xact_lock_shared($1)', [G]);
    return database.ruleSets.of(version);`,
    test: { file: transactions, name: 'lets no change commit while a writer works' },
  },
  {
    name: 'a change raises the version',
    why: 'Writers would go on by the rules, and without heeding the rebuild, that they loaded before.',
    file: 'platform/transaction.ts',
    code: `      await manager.query('update rule_set set version = version + 1');`,
    without: '',
    test: { file: transactions, name: 'lets no change commit while a writer works' },
  },
  {
    name: 'rules are those of the version',
    why: 'A process would evaluate by the first rules that it ever loaded.',
    file: 'platform/rule-set.ts',
    code: 'if (version > this.#current.version) this.#current = emptyRuleSet(version);',
    without: 'if (this.#current.version < 0) this.#current = emptyRuleSet(version); version = this.#current.version;',
    test: { file: transactions, name: 'is loaded once for a version' },
  },
  {
    name: 'a writer notes whom it touches',
    why: 'Whoever is saved after the scan asked them would be swapped in as they were before.',
    file: 'segments/rebuild/heed-rebuild.ts',
    code: '`insert into touched (customer_id) select id from unnest($1::uuid[]) id order by id on conflict do nothing`',
    without: '`select $1::uuid[]`',
    test: aRule,
  },
  {
    name: 'an erasure tells of the swap first',
    why: 'The history of whoever is erased would lack the move that the swap made.',
    file: 'segments/evaluate-customers.ts',
    code: 'await heedRebuild(tx, customerIds);',
    without: '',
    test: aRule,
  },
  {
    name: 'a writer tells of the swap first',
    why: 'The history of whoever a writer moves back would lack the move that the swap made.',
    file: 'segments/rebuild/heed-rebuild.ts',
    code: `if (rebuild.state === 'TELLING') await tellMoves(tx, rebuild, customerIds);`,
    without: `if (rebuild.state === 'TELLING') return;`,
    test: aRule,
  },
  {
    name: 'who was told of is not told of again',
    why: 'The job would tell once more of the moves that writers have told of.',
    file: 'segments/rebuild/tell.ts',
    code: 'and h.id > $4)',
    without: 'and $4::bigint is null)',
    test: aRule,
  },
  {
    name: 'only what was told after the swap counts as told',
    why: 'A move would be left untold because an older one of the same customer and segment was told of.',
    file: 'segments/rebuild/tell.ts',
    code: 'h.id > $4',
    without: '$4::bigint is not null',
    test: aRule,
  },
  {
    name: 'catching up locks before it asks',
    why: 'It would ask of what a save under way is just replacing, and forget that there is something to catch up with.',
    file: 'segments/rebuild/build.ts',
    code: `  await tx.manager.query('select from customer where id = any($1::uuid[]) order by id for no key update', [ids]);`,
    without: '',
    test: { file: ofBuild, name: 'is asked after that save' },
  },
  {
    name: 'catching up takes members out',
    why: 'Whoever the scan found and a writer then moved out would stay a member.',
    file: 'segments/rebuild/build.ts',
    code: 'await leave(then, rebuild, each, ids);',
    without: '',
    test: aRule,
  },
  {
    name: 'catching up computes formulas before it asks',
    why: 'Rules would be asked of what the formula gave at the scan.',
    file: 'segments/rebuild/build.ts',
    code: `  const then = await makeComing(tx, run, rebuild, whom);
  for (const each of await buildingsOf(then, rebuild)) {
    await leave(then, rebuild, each, ids);
    await enter(then, rebuild, each, whom);
  }`,
    without: `  for (const each of await buildingsOf(tx, rebuild)) {
    await leave(tx, rebuild, each, ids);
    await enter(tx, rebuild, each, whom);
  }
  await makeComing(tx, run, rebuild, whom);`,
    test: aFormula,
  },
  {
    name: 'the swap catches up with the rest',
    why: 'Whoever was saved after the last step of catching up would be swapped in as they were before.',
    file: 'segments/rebuild/swap.ts',
    code: 'for (let left = 1; left > 0;) left = await catchUpSome(tx, run, rebuild);',
    without: '',
    test: aRule,
  },
  {
    name: 'the swap swaps columns',
    why: 'Segments would go by values that nobody sees yet.',
    file: 'segments/rebuild/swap.ts',
    code: 'await swapComingColumns(tx.manager, rebuild.formulaKeys);',
    without: '',
    test: aFormula,
  },
  {
    name: 'a change of type is built by what the field is to be',
    why: 'Rules and formulas would be asked of the new values as if they were of the former type.',
    file: 'segments/rebuild/as-then.ts',
    code: "if (target.act !== 'CONVERT') return tx;",
    without: 'return tx;',
    test: { file: 'conversions/convert-by-job.test.ts', name: 'by whose end rules are asked of what it is then' },
  },
  {
    name: 'a change of type is looked at once more before its swap',
    why: 'A rule that was saved while the job went on would be none any more.',
    file: 'segments/rebuild/swap.ts',
    code: "if (target.act === 'CONVERT') await run.typeChanges.check({ ...tx, viewer: starter!.viewer }, target);",
    without: '',
    test: { file: 'conversions/convert-in-steps.test.ts', name: 'is not made' },
  },
  {
    name: 'a change of type tells the search',
    why: 'Customers would be found by what they had.',
    file: 'segments/rebuild/tell.ts',
    code: "if (target.act === 'CONVERT') await run.typeChanges.index(tx, target, { after, to: page.to });",
    without: '',
    test: { file: 'conversions/convert-by-job.test.ts', name: 'everybody is found by what they have then' },
  },
  {
    name: 'dependents are rebuilt too',
    why: 'Segments that ask for membership in the changed one would keep the members of before.',
    file: 'segments/rebuild/announce.ts',
    code: 'return [own, ...dependentsOf(levels, segment.key).map(madeAnew)];',
    without: 'return [own];',
    test: aRule,
  },
  {
    name: 'what is built reads what is built',
    why: 'Dependents would be built by the members of before.',
    file: 'segments/rebuild/coming.ts',
    code: 'const coming = { generations, ',
    without: 'const coming = { generations: new Map(), ',
    test: aRule,
  },
  {
    name: 'a rebuild expects changes by time',
    why: 'Nobody would look again at the moment at which time alone makes the new rule hold, or hold no more.',
    file: 'segments/rebuild/build.ts',
    code: 'if (readsClock(rule)) await expectChanges(tx, rebuild, rule, whom);',
    without: '',
    test: { file: ofBuild, name: 'when time alone moves' },
  },
  {
    name: 'dependents are asked last',
    why: 'A rule that asks for membership would be asked before the membership moves.',
    file: 'segments/live-rules.ts',
    code: 'levels: inDependencyOrder(rules)',
    without: 'levels: [rules]',
    test: { file: 'segments/time.test.ts', name: 'takes along who asks' },
  },
  {
    name: 'only the sweep puts off what is due',
    why: 'A save that asks few rules would put off the moment at which another rule changes.',
    file: 'segments/due.ts',
    code: ' where excluded.due_at < customer_due.due_at',
    without: '',
    test: { file: 'segments/time.test.ts', name: 'has put off what was due' },
  },
  {
    name: 'the sweep locks whom it asks',
    why: 'A sweep would decide by what a save under way is just replacing.',
    file: 'segments/sweep-due.ts',
    code: ' for no key update of c skip locked',
    without: '',
    test: { file: 'segments/time.test.ts', name: 'leaves out whoever is being written' },
  },
  {
    name: 'formulas are computed before rules are asked',
    why: 'Rules would be asked of what a formula gave before time went on.',
    file: 'segments/evaluate-customers.ts',
    code: 'await withComputed(tx, customers, evaluation.at)',
    without: 'customers',
    test: { file: 'customers/formulas.test.ts', name: 'goes on with time' },
  },
];
