import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { documentJsonSchema } from './form-document.ts';

/** Writes the JSON Schema of forms as documents to `docs/form.schema.json`. */
const file = path.join(import.meta.dirname, '../../../docs/form.schema.json');
await writeFile(file, `${JSON.stringify(documentJsonSchema(), null, 2)}\n`);
