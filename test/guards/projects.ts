import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { startVitest, type TestModule } from 'vitest/node';
import server from '../../server/vitest.config.ts';
import type { Guard, GuardTest } from './guards.ts';

const SERVER = path.join(import.meta.dirname, '../../server');

/** For each test file, the run of these tests of it with the code as it is. */
export function asItIs(tests: readonly GuardTest[]) {
  const files = [...new Set(tests.map(({ file }) => file))];
  return files.map((file) =>
    projectOf(
      `as it is: ${path.basename(file)}`,
      tests.filter((test) => test.file === file),
    ),
  );
}

/** The run of its test as if a guard were not there. */
export function without(guard: Guard) {
  return projectOf(guard.name, [guard.test], [removing(guard)]);
}

/** Has the file loaded without the guard; on disk it stays as it is. */
function removing({ name, file, code, without: instead }: Guard): Plugin {
  const guarded = path.join(SERVER, 'src', file);
  return {
    name: `without: ${name}`,
    enforce: 'pre',
    transform: (text, id) => (id === guarded ? text.replace(code, () => instead) : undefined),
  };
}

/** A run of its own of some tests of one file, as the server's own tests run. */
function projectOf(name: string, tests: readonly GuardTest[], plugins: Plugin[] = []) {
  const names = tests.map((test) => test.name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return {
    ...server,
    root: SERVER,
    plugins,
    test: {
      ...server.test,
      name,
      include: tests.slice(0, 1).map(({ file }) => `src/${file}`),
      testNamePattern: new RegExp(names.join('|')),
      setupFiles: ['reflect-metadata', fileURLToPath(import.meta.resolve('./first-failure.ts'))],
      // Each guard's absence shows within the few runs of npm test.
      env: { FULL_PROOFS: '' },
    },
  };
}

/** Runs them all, with one Postgres; calls back at the end of each. */
export async function runProjects(
  projects: ReturnType<typeof projectOf>[],
  onTestModuleEnd: (module: TestModule) => void,
): Promise<readonly TestModule[]> {
  const vitest = await startVitest('test', [], {
    config: false,
    root: path.join(SERVER, '..'),
    watch: false,
    maxWorkers: '100%',
    projects,
    reporters: [{ onTestModuleEnd }],
  });
  const modules = vitest.state.getTestModules();
  await vitest.close();
  return modules;
}
