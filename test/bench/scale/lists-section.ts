import { gramsAskedBy, termsOf } from '../../../server/src/fields/search-text.ts';
import type { BenchServer } from '../bench-database.ts';
import { goldSpenders, LIST, searches } from '../customers-section.ts';
import type { Section } from '../section.ts';
import { timedInTurns } from '../timings.ts';
import { callsRow, type ScaleRow } from './scale-row.ts';

const PAGE = 'select c.* from customer c';

/** Pages of customers and searches among all of them, each in turn with SQL by hand that gives the same customers. */
export const listsSection: Section = {
  name: 'scale-lists',
  about: 'a page of 50 customers, and searches as people type them',
  async run({ filled }) {
    const server = await filled();
    return [
      await compare(server, 'list, newest first', { variables: {}, byHand: `${PAGE} order by c.id desc limit 51` }, 50),
      await compare(server, 'list, by a filter', { variables: { filter: goldSpenders }, byHand: filtered }, 50),
      await compare(
        server,
        'list, by name in pinyin order',
        { variables: { sort: [{ field: 'name' }] }, byHand: sorted },
        5,
      ),
      await searching(server),
    ];
  },
};

const filtered = `${PAGE} where c.f_spend > 5000 and c.f_level = 'gold' order by c.id desc limit 51`;
const sorted = `${PAGE} order by c.f_name collate "zh-x-icu", c.id desc limit 51`;

interface Comparison {
  readonly variables: object;
  readonly byHand: string;
}

async function compare(
  { ask, asOwner }: BenchServer,
  what: string,
  { variables, byHand }: Comparison,
  times: number,
): Promise<ScaleRow> {
  const pieces = [
    { what, work: () => ask(LIST, variables) },
    { what, work: () => asOwner(byHand) },
  ];
  const [measured, beside] = await timedInTurns(pieces, times, 1);
  return callsRow(measured!, beside!);
}

async function searching({ ask, asOwner }: BenchServer): Promise<ScaleRow> {
  const typed = searches();
  const [asked, askedByHand] = [typed.values(), typed.values()];
  const pieces = [
    { what: 'search', work: () => ask(LIST, { search: asked.next().value }) },
    { what: 'search', work: () => searchByHand(asOwner, askedByHand.next().value!) },
  ];
  const [measured, beside] = await timedInTurns(pieces, typed.length, 0);
  return callsRow(measured!, beside!);
}

/** The 51 newest whose searched texts hold every term, by the index of parts of texts. */
async function searchByHand(asOwner: BenchServer['asOwner'], typed: string): Promise<unknown> {
  const terms = termsOf(typed);
  const found = terms.map(
    (_, n) => `c.id in (select customer_id from customer_search where search_grams(haystack) @> $${2 * n + 1}::text[]
                           and strpos(haystack, $${2 * n + 2}) > 0)`,
  );
  const parameters = terms.flatMap((term) => [gramsAskedBy(term), term]);
  return asOwner(`${PAGE} where ${found.join(' and ')} order by c.id desc limit 51`, parameters);
}
