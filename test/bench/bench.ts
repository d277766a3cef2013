import 'reflect-metadata';
import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import { startBenchServer, type BenchServer } from './bench-database.ts';
import { customersSection } from './customers-section.ts';
import { dragSection } from './drag-section.ts';
import { fillCustomers } from './fill-customers.ts';
import { formDesignerSection } from './form-designer-section.ts';
import { fieldsSection } from './fields-section.ts';
import { manyRulesSection } from './many-rules-section.ts';
import { midnightSection } from './midnight-section.ts';
import { oneScanSection } from './one-scan-section.ts';
import { previewSection } from './preview-section.ts';
import { publicFormsSection } from './public-forms-section.ts';
import { rightsSection } from './rights-section.ts';
import { rulesSection } from './rules-section.ts';
import { scaleSections } from './scale/scale-sections.ts';
import type { Section, Stage } from './section.ts';
import { segmentsSection } from './segments-section.ts';

/**
 * `npm run bench [-- --customers N] [--only NAME …]`: how long things take, through HTTP and GraphQL as a browser asks, and against what.
 * `npm run bench:scale` takes the same options and asks what many customers cost, on one database, beside SQL by hand.
 */
const { values: options } = parseArgs({
  options: {
    customers: { type: 'string', default: '1000000' },
    only: { type: 'string', multiple: true },
    scale: { type: 'boolean', default: false },
  },
});

const benchSections: readonly Section[] = [
  rulesSection,
  manyRulesSection,
  customersSection,
  rightsSection,
  previewSection,
  oneScanSection,
  segmentsSection,
  midnightSection,
  fieldsSection,
  publicFormsSection,
  dragSection,
  formDesignerSection,
];
const sections = options.scale ? scaleSections : benchSections;

function chosen(names: readonly string[] | undefined): readonly Section[] {
  return names ? names.map(byName) : sections;
}

function byName(name: string): Section {
  const section = sections.find((each) => each.name === name);
  if (!section) throw new Error(`No section "${name}"; there are ${sections.map((each) => each.name).join(', ')}`);
  return section;
}

async function filledServer(count: number): Promise<BenchServer> {
  const server = await startBenchServer();
  const started = performance.now();
  await fillCustomers(server, count);
  process.stdout.write(`${count} customers made in ${Math.round((performance.now() - started) / 1000)} s\n`);
  return server;
}

async function measure(chosenSections: readonly Section[], count: number): Promise<void> {
  let server: Promise<BenchServer> | undefined;
  const stage: Stage = { count, filled: () => (server ??= filledServer(count)) };
  const output = new Console(process.stdout);
  try {
    for (const section of chosenSections) {
      const rows = await section.run(stage);
      output.log(`\n${section.name}: ${section.about}`);
      output.table(rows);
    }
  } finally {
    await (await server)?.close();
  }
}

await measure(chosen(options.only), Number(options.customers));
