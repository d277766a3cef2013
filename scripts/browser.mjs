// Finds a Chromium for the journeys, or gets one. Alone: node scripts/browser.mjs prints where it is.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { run } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * A Chromium that runs: the one that CHROMIUM names, one on PATH, one that Playwright has, else one that is installed now.
 *
 * @returns {Promise<string>} its program
 * @throws {Error} with the reason, when there is none and none can be got
 */
export async function findBrowser() {
  if (process.env.CHROMIUM) {
    if (await runs(process.env.CHROMIUM)) return process.env.CHROMIUM;
    throw new Error(`CHROMIUM names ${process.env.CHROMIUM}, which does not run`);
  }
  const mayInstall = process.getuid?.() === 0 && (await run(['apt-get', '--version'], { quiet: true })).ok;
  const found = (await present()) ?? (await installed(mayInstall));
  if (mayInstall) await ensureChineseFont();
  return found;
}

async function present() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  for (const program of [...onPath, chromium.executablePath()]) {
    if (existsSync(program) && (await runs(program))) return program;
  }
  return undefined;
}

/** @param {boolean} mayInstall whether the system's packages may be added to */
async function installed(mayInstall) {
  const reasons = [];
  if (mayInstall) reasons.push(await aptInstall('chromium', 'fonts-noto-cjk'));
  if (!(await present())) reasons.push(await output(['playwright', 'install', 'chromium']));
  const program = await present();
  if (program) return program;
  const why = reasons.map((reason) => reason.trim().split('\n').slice(-3).join('\n')).join('\n');
  throw new Error(`The journeys need Chromium. Install it, or name one in CHROMIUM. Getting one failed:\n${why}`);
}

/** Without one every Chinese character is drawn as the same box. */
async function ensureChineseFont() {
  const fonts = await run(['fc-list', ':lang=zh'], { quiet: true });
  if (!fonts.ok || fonts.output.trim() === '') await aptInstall('fonts-noto-cjk');
}

/** @param {string[]} packages */
async function aptInstall(...packages) {
  const updated = await output(['apt-get', 'update']);
  return updated + (await output(['apt-get', 'install', '-y', '--no-install-recommends', ...packages]));
}

/** @param {string[]} command */
async function output(command) {
  process.stdout.write(`${command.join(' ')} …\n`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  return (await run(command, { quiet: true, env })).output;
}

/** @param {string} program */
async function runs(program) {
  // Ubuntu's /usr/bin/chromium-browser is a script which only says that there is none.
  return (await run([program, '--version'], { quiet: true })).ok;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.stdout.write(`${await findBrowser()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
