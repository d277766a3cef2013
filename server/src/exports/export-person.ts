import { labelOf, type Value } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import { requireCapability } from '../access/gate.ts';
import { usersById } from '../access/list-users.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { customerView } from '../customers/show-customer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { rightsOnRow, selectCustomers } from '../fields/scoped-customers.ts';
import { findFiles } from '../files/file-table.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { alone, read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { cellWriter, namedFiles } from './cells.ts';
import { personParts, type Caller } from './person-parts.ts';
import { withheldFrom } from './withheld.ts';

/**
 * Everything that is known of one customer and that the caller may read, as the text of one JSON document that comes piece by piece: each
 * page with the rights that its caller has then. Hidden fields are absent, masked ones masked. Needs EXPORT; that it was done is
 * recorded first.
 *
 * @throws {Refused} FORBIDDEN without EXPORT, NOT_FOUND; while it goes on, UNAUTHENTICATED when the session has ended.
 */
export async function exportPerson(ctx: Context, id: string, caller: Caller): Promise<AsyncIterable<string>> {
  const { customer, ownerId, withheld, told } = await read(ctx, (tx) => readPerson(tx, id));
  const entry = { action: 'customer.exported', target: `customer:${customer.id}`, changes: {} };
  await alone(ctx, (manager) => recordAudit({ ...ctx, manager }, entry));
  await noteReads(ctx, [told]);
  const [owner] = ownerId === null ? [null] : await usersById(ctx, [ownerId]);
  const head = { ...customer, owner: owner?.name ?? null };
  return documentOf(head, { lists: personParts(customer.id, caller), withheld });
}

async function readPerson(tx: Transactional<Context>, id: string) {
  await requireCapability(tx, 'EXPORT');
  const [row] = isUuid(id) ? await selectCustomers(tx, { ids: [id] }, 1) : [];
  if (!row) throw notFound();
  const { createdAt, updatedAt, ownerId, values, read: told } = (await customerView(tx, 'export'))(row);
  const rights = (await rightsOnRow(tx))(row);
  const { fields } = await kept(tx, fieldCatalogue);
  const write = await cellWriter(tx, [row.values]);
  const files = await findFiles(tx.manager, namedFiles(fields, [row.values]));
  const shown = fields.flatMap((field) => {
    if (!Object.hasOwn(values, field.key)) return [];
    const value = values[field.key] as Value;
    const text = rights.may(field.key, 'export') ? write(field, value) : value;
    const file = field.type === 'FILE' && files.find((each) => each.id === value);
    const size = file ? { bytes: file.bytes } : {};
    return [{ key: field.key, label: labelOf(field, tx.locale), type: field.type, value, text, ...size }];
  });
  const withheld = await withheldFrom(tx, rights);
  return { customer: { id: row.id, createdAt, updatedAt, values: shown }, ownerId, withheld, told };
}

/** What a document holds beside the customer. */
interface Rest {
  /** By name, in their order. */
  readonly lists: Readonly<Record<string, AsyncIterable<object>>>;
  readonly withheld: readonly string[];
}

async function* documentOf(customer: object, { lists, withheld }: Rest): AsyncIterable<string> {
  yield `{"customer":${JSON.stringify(customer)}`;
  for (const [name, items] of Object.entries(lists)) {
    let before = `,${JSON.stringify(name)}:[`;
    for await (const item of items) {
      yield before + JSON.stringify(item);
      before = ',\n';
    }
    yield before.startsWith(',"') ? `${before}]` : ']';
  }
  yield `,"withheld":${JSON.stringify(withheld)}}\n`;
}
