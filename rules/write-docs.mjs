// npm run docs -w rules: writes the page for integrators.
import { writeFile } from 'node:fs/promises';
import { rulesPage } from './src/docs/page.ts';

await writeFile(new URL('../docs/rule-language.md', import.meta.url), rulesPage());
