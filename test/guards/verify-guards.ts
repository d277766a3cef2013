import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import type { TestModule } from 'vitest/node';
import { gateGuards } from './gate-guards.ts';
import { requireText } from './guard-text.ts';
import { guards, type Guard } from './guards.ts';
import { asItIs, runProjects, without } from './projects.ts';

/**
 * `npm run verify-guards [-- --gate | --only NAME]`: the tests pass with the code as it is, and without each guard one fails, by what it asserts.
 * Exit 1 where a guard's absence goes unnoticed, or the text of a guard is no longer what it was.
 */
async function verify(asked: readonly Guard[]): Promise<boolean> {
  await Promise.all(asked.map(requireText));
  const expected = [
    ...asItIs(asked.map(({ test }) => test)).map((project) => ({ project, finding: passing })),
    ...asked.map((guard) => ({ project: without(guard), finding: failing })),
  ];
  const findings = new Map(expected.map(({ project, finding }) => [project.test.name, finding]));
  const rowOf = (module: TestModule) => {
    const { found, ok } = findings.get(module.project.name)!(module);
    const seconds = Number((module.diagnostic().duration / 1000).toFixed(1));
    return { guard: module.project.name, 'found by': found, seconds, ok };
  };
  const modules = await runProjects(
    expected.map(({ project }) => project),
    (module) => {
      const { guard, 'found by': found } = rowOf(module);
      process.stdout.write(`${guard}: ${found}\n`);
    },
  );
  const rows = [...findings.keys()]
    .flatMap((name) => modules.filter(({ project }) => project.name === name))
    .map(rowOf);
  new Console(process.stdout).table(rows, ['guard', 'found by', 'seconds']);
  return rows.length > 0 && rows.length === expected.length && rows.every(({ ok }) => ok);
}

/** What the tests of a module say, and whether that is what they have to. */
interface Finding {
  readonly found: string;
  readonly ok: boolean;
}

function passing(module: TestModule): Finding {
  const passed = [...module.children.allTests('passed')].length;
  const ok = module.ok() && passed > 0;
  return { ok, found: ok ? `${passed} pass` : `FAILED: ${firstError(module)}` };
}

function failing(module: TestModule): Finding {
  const test = [...module.children.allTests('failed')].find((each) => each.result().errors?.some(isAssertion));
  return { ok: test !== undefined, found: test?.name ?? `NOT FOUND: ${firstError(module)}` };
}

/** A property fails with an error of its own, caused by that of the assertion. */
function isAssertion(error: unknown): boolean {
  if (!(error instanceof Object)) return false;
  const { name, cause } = error as Error;
  return name === 'AssertionError' || isAssertion(cause);
}

function firstError(module: TestModule): string {
  const ofTests = [...module.children.allTests()].flatMap((test) => test.result().errors ?? []);
  return [...module.errors(), ...ofTests][0]?.message ?? 'no test failed';
}

const { values } = parseArgs({ options: { only: { type: 'string' }, gate: { type: 'boolean', default: false } } });
const listed = values.gate ? gateGuards : [...guards, ...gateGuards];
const isProven = await verify(listed.filter(({ name }) => values.only === undefined || name === values.only));
process.exitCode = isProven ? 0 : 1;
