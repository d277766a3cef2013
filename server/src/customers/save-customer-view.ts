import { codePoints, hasForbiddenCharacter, sentence, type Problem } from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { checkedQuestion, visibleCatalogue } from '../fields/check-rule.ts';
import { checkedSearch } from '../fields/customer-search.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { write } from '../platform/transaction.ts';
import { isGiven, isUuid, newId } from '../platform/uuid.ts';
import { CustomerView, type CustomerViewInput } from './customer-view.ts';
import { checkedSort } from './sort-order.ts';

const longestName = 100;
const width = { min: 60, max: 1_000 };

/**
 * Keeps a list of the viewer's, or changes one at the version that was read.
 *
 * @throws {Refused} VALIDATION_FAILED, RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED; NOT_FOUND for somebody else's, CONFLICT.
 */
export async function saveCustomerView(ctx: Context, input: CustomerViewInput): Promise<CustomerView> {
  return write(ctx, async (tx) => {
    const before = isGiven(input.id) ? await ownView(tx, input.id, input.version) : await newView(tx);
    const problems = [...nameProblems(input.name), ...(await columnProblems(tx, input))];
    if (problems.length > 0) throw invalid(problems);
    await checkQuestion(tx, input);
    const columns = (input.columns ?? []).map(({ key, width: wide, pinned }) => ({
      key,
      width: wide ?? null,
      pinned: pinned ?? false,
    }));
    return tx.manager.save(
      CustomerView,
      Object.assign(before, {
        name: input.name.trim(),
        shared: input.shared ?? false,
        filter: input.filter ?? null,
        search: input.search ?? '',
        sort: (input.sort ?? []).map(({ field, descending }) => ({ field, descending: descending ?? false })),
        columns,
        version: before.version + 1,
      }),
    );
  });
}

/**
 * Forgets a list of the viewer's.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function deleteCustomerView(ctx: Context, id: string): Promise<boolean> {
  return write(ctx, async (tx) => {
    const view = isUuid(id) && (await tx.manager.findOneBy(CustomerView, { id, ownerId: tx.viewer.user.id }));
    if (!view) throw notFound();
    await tx.manager.remove(view);
    return true;
  });
}

async function newView({ manager, viewer }: Transactional<Context>): Promise<CustomerView> {
  const ownerId = viewer.user.id;
  if ((await manager.countBy(CustomerView, { ownerId })) >= limits.customerViews) {
    throw refused('LIMIT_EXCEEDED', { limit: 'customerViews', max: limits.customerViews });
  }
  return Object.assign(new CustomerView(), { id: newId(), ownerId, version: 0 });
}

async function ownView(
  { manager, viewer }: Transactional<Context>,
  id: string,
  version: number | null | undefined,
): Promise<CustomerView> {
  if (!isUuid(id)) throw notFound();
  const lock = { mode: 'pessimistic_write' } as const;
  const view = await manager.findOne(CustomerView, { where: { id, ownerId: viewer.user.id }, lock });
  if (!view) throw notFound();
  if (version === undefined || version === null) {
    throw invalid([{ path: 'version', code: 'REQUIRED', message: sentence('缺少版本号', 'The version is required') }]);
  }
  if (version !== view.version) throw refused('CONFLICT', { currentVersion: view.version });
  return view;
}

/** What the list asks for has to be something that its owner may ask for. */
async function checkQuestion(tx: Transactional<Context>, { filter, search, sort }: CustomerViewInput): Promise<void> {
  if (filter !== undefined && filter !== null) await checkedQuestion(tx, filter);
  await checkedSearch(tx, search);
  await checkedSort(tx, sort ?? []);
}

function nameProblems(name: string): Problem[] {
  const trimmed = name.trim();
  if (trimmed === '')
    return [{ path: 'name', code: 'REQUIRED', message: sentence('请填写名称', 'A name is required') }];
  if (codePoints(trimmed) > longestName) {
    const message = sentence(`最多 ${longestName} 个字`, `At most ${longestName} characters`);
    return [{ path: 'name', code: 'TOO_LONG', message }];
  }
  if (!hasForbiddenCharacter(trimmed, 'none')) return [];
  return [
    {
      path: 'name',
      code: 'FORBIDDEN_CHARACTER',
      message: sentence('含有不允许的字符', 'Holds a character that is not allowed'),
    },
  ];
}

async function columnProblems(tx: Transactional<Context>, { columns }: CustomerViewInput): Promise<Problem[]> {
  const { fields } = await visibleCatalogue(tx, await rightsOf(tx));
  const met = new Set<string>();
  return (columns ?? []).flatMap(({ key, width: wide }, index): Problem[] => {
    const path = `columns/${index}`;
    const isRepeated = met.has(key);
    met.add(key);
    if (!fields.has(key))
      return [{ path, code: 'UNKNOWN_FIELD', message: sentence('没有这个字段', 'There is no such field') }];
    if (isRepeated)
      return [
        { path, code: 'NOT_UNIQUE', message: sentence('同一列出现了两次', 'The same column stands there twice') },
      ];
    if (wide === undefined || wide === null || (wide >= width.min && wide <= width.max)) return [];
    const message = sentence(`宽度为 ${width.min} 至 ${width.max}`, `A width is ${width.min} to ${width.max}`);
    return [{ path, code: wide < width.min ? 'TOO_SMALL' : 'TOO_LARGE', message }];
  });
}
