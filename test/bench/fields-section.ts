import { startBenchServer } from './bench-database.ts';
import { SAVE_CUSTOMER } from './one-field-edits.ts';
import type { Section } from './section.ts';
import { timed } from './timings.ts';

const CREATE_FIELD = 'mutation ($input: FieldInput!) { createField(input: $input) { key } }';
const LIST = 'query { customers { nodes { id version values } pageInfo { hasNextPage endCursor } } }';

/** As many fields as there may be. */
export const fieldsSection: Section = {
  name: 'fields',
  about: '500 fields, few customers',
  async run() {
    const server = await startBenchServer();
    try {
      const keys = Array.from({ length: 500 }, (_, n) => `field_${n}`);
      const create = (key: string) => server.ask(CREATE_FIELD, { input: { key, type: 'NUMBER', label: key } });
      for (const key of keys.slice(0, -1)) await create(key);
      const last = await timed('the 500th field', keys.slice(-1), create, 0);
      const values = (n: number) => Object.fromEntries(keys.map((key, i) => [key, n + i]));
      const rounds = Array.from({ length: 100 }, (_, n) => n);
      const save = await timed('save, 500 values', rounds, (n) =>
        server.ask(SAVE_CUSTOMER, { input: { values: values(n) } }),
      );
      return [last, save, await timed('list, 50 customers of 500 values', rounds, () => server.ask(LIST))];
    } finally {
      await server.close();
    }
  },
};
