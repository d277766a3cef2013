import { setTimeout as sleep } from 'node:timers/promises';
import type { FormLayout } from '@kequn/rules';
import type { BenchServer } from './bench-database.ts';
import { inOpenLoop } from './scale/open-loop.ts';
import { plainRow, seconds, type ScaleRow } from './scale/scale-row.ts';
import type { Section } from './section.ts';

/** A hundred answers a second, each from another address. */
const EVERY_MS = 10;
const FOR_MS = 20_000;
const BURST = 1_000;

const layout: FormLayout = {
  pages: [
    {
      sections: [
        {
          columns: [
            {
              items: [
                { field: 'name', required: true },
                { field: 'email' },
                { field: 'birthday' },
                { field: 'spend', visibleWhen: { '!=': [{ var: 'birthday' }, null] } },
              ],
            },
          ],
        },
      ],
    },
  ],
};

/** Answers to a public form in an open loop, and ten times as many of one address at once. */
export const publicFormsSection: Section = {
  name: 'public-forms',
  about: 'answers to a public form that matches by e-mail, latencies from the intended start; none comes before 60 ms',
  async run({ filled }) {
    const server = await filled();
    const slug = await publicForm(server);
    let answers = 0;
    const send = () => answer(server, slug, (answers += 1), addressOf(answers));
    for (let warmUps = 0; warmUps < 100; warmUps += 1) await send();
    return [await steady(send), await burst(server, slug)];
  },
};

async function steady(send: () => Promise<number>): Promise<ScaleRow> {
  const work = async () => {
    if ((await send()) !== 201) throw new Error('An answer was not taken');
  };
  const loop = await inOpenLoop(work, EVERY_MS, sleep(FOR_MS));
  const rate = Math.round((1_000 * (loop.times - loop.failed)) / loop.took);
  const [p50, p99, max] = [loop.p50, loop.p99, loop.max].map(Math.round);
  const measured = `${loop.times} answers in ${seconds(loop.took)}, ${loop.failed} not taken: ${rate} a second, p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`;
  return plainRow('answers from many addresses', measured, '≥ 100 a second, p99 ≤ 400 ms');
}

async function burst(server: BenchServer, slug: string): Promise<ScaleRow> {
  const sent = await Promise.all(
    Array.from({ length: BURST }, (_, n) => answer(server, slug, 1_000_000 + n, '192.0.2.1')),
  );
  const count = (status: number) => sent.filter((each) => each === status).length;
  const measured = `${count(201)} taken, ${count(429)} told to wait, ${BURST - count(201) - count(429)} otherwise`;
  return plainRow(`${BURST} answers of one address at once`, measured, '429, never 5xx');
}

async function publicForm(server: BenchServer): Promise<string> {
  const { saveForm } = await server.ask<{ saveForm: { id: string } }>(
    'mutation ($input: FormInput!) { saveForm(input: $input) { id } }',
    { input: { name: 'Bench', layout } },
  );
  const { setFormPublic } = await server.ask<{ setFormPublic: { publicSlug: string } }>(
    'mutation ($id: ID!) { publishForm(id: $id) { id } setFormPublic(id: $id, public: true) { publicSlug } }',
    saveForm,
  );
  return setFormPublic.publicSlug;
}

/** Sends the answer of a new customer; gives the status. */
async function answer({ url }: BenchServer, slug: string, n: number, address: string): Promise<number> {
  const values = { name: `Answer ${n}`, email: `answer${n}@example.com`, birthday: '1980-05-05', spend: n % 1_000 };
  const response = await fetch(`${url}/f/${slug}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ key: `bench-${n}`, version: 1, values }),
  });
  await response.arrayBuffer();
  return response.status;
}

function addressOf(n: number): string {
  return `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}
