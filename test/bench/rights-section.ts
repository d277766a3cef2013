import type { BenchServer } from './bench-database.ts';
import { LIST, searches } from './customers-section.ts';
import { oneFieldEditOf, type EditedCustomer } from './one-field-edits.ts';
import type { Section } from './section.ts';
import { compared, timedInTurns, type Piece } from './timings.ts';

const TIMES = 150;
const WARM_UPS = 30;
const GOAL = '≤ 1.3 ×';

/** What a role costs that sees a part of the customers and hides and masks fields of them, beside an administrator. */
export const rightsSection: Section = {
  name: 'rights',
  about: 'the same asked by an administrator and by a role with a scope, hidden and masked fields, in turns',
  async run({ filled }) {
    const server = await filled();
    const limited = { ...server, ask: await asLimited(server) };
    const { customers } = await limited.ask<{ customers: { nodes: readonly EditedCustomer[] } }>(
      '{ customers(first: 200) { nodes { id version } } }',
    );
    const [whole, part] = await Promise.all([
      piecesOf(server, customers.nodes.slice(0, 100)),
      piecesOf(limited, customers.nodes.slice(100)),
    ]);
    const rows: object[] = [];
    for (const [index, piece] of whole.entries()) {
      const restricted = part[index]!;
      const [one, other] = await timedInTurns(
        [piece, { ...restricted, what: `${restricted.what}, restricted` }],
        TIMES,
        WARM_UPS,
      );
      rows.push(compared(one!, one!), compared(other!, one!, GOAL));
    }
    return rows;
  },
};

/** Sees whoever was born before 1985, reads nothing of phone and region, and masks of e-mail; writes the rest. */
async function asLimited(server: BenchServer): Promise<BenchServer['ask']> {
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    {
      input: {
        name: 'Limited',
        capabilities: [],
        defaultAccess: 'WRITE',
        rowScope: { '<': [{ var: 'birthday' }, '1985-01-01'] },
      },
    },
  );
  const entries = [
    { fieldKey: 'phone', access: 'HIDDEN' },
    { fieldKey: 'region', access: 'HIDDEN' },
    { fieldKey: 'email', access: 'MASKED' },
  ];
  await server.ask(
    'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
    { id: saveRole.id, entries },
  );
  const input = { email: 'limited@example.com', name: 'Limited', password: 'correct horse', roleIds: [saveRole.id] };
  await server.ask('mutation ($input: UserInput!) { saveUser(input: $input) { id } }', { input });
  return server.signIn(input.email, input.password);
}

async function piecesOf(server: BenchServer, customers: readonly EditedCustomer[]): Promise<readonly Piece[]> {
  const typed = searches();
  let searched = 0;
  const filter = { and: [{ '>': [{ var: 'spend' }, 5_000] }, { '==': [{ var: 'level' }, 'gold'] }] };
  return [
    { what: 'list', work: () => server.ask(LIST, {}) },
    { what: 'list, by a filter', work: () => server.ask(LIST, { filter }) },
    { what: 'search', work: () => server.ask(LIST, { search: typed[(searched += 1) % typed.length] }) },
    {
      what: 'preview',
      work: () => server.ask('query ($rule: Rule!) { previewRule(rule: $rule) { count } }', { rule: filter }),
    },
    { what: 'save', work: oneFieldEditOf(server, customers) },
  ];
}
