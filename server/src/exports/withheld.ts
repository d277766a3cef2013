import { eventsKey, sentence } from '@kequn/rules';
import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { unreadableByRole } from '../fields/restriction.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';

const words = {
  hidden: sentence(
    '您无权查看的字段，以及会透露其内容的分群和变动',
    'Fields that you may not read, and segments and moves that would tell of them',
  ),
  masked: sentence('您只能看到部分内容的字段的完整值', 'The whole values of fields of which you see a mask'),
  events: sentence('客户的行为事件', 'Events of the customer'),
  audit: sentence('修改记录，以及谁读取过敏感信息', 'What was changed, and who read sensitive data'),
} as const;

/**
 * What a document of one customer lacks because of the rights of the viewer on it, in the words of the reader. It goes by rights alone,
 * never by what there is of the customer, and names nothing that is hidden.
 */
export async function withheldFrom(tx: Transactional<Context>, onCustomer: Rights): Promise<readonly string[]> {
  const { fields } = await kept(tx, fieldCatalogue);
  const has = (access: string) => fields.some(({ key, archived }) => !archived && onCustomer.accessTo(key) === access);
  const lacks: Readonly<Record<keyof typeof words, boolean>> = {
    hidden: has('HIDDEN') || (await unreadableByRole(tx, onCustomer)).every((keys) => keys.length > 0),
    masked: has('MASKED'),
    events: !onCustomer.may(eventsKey, 'read'),
    audit: !(await rightsOf(tx)).has('VIEW_AUDIT'),
  };
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((name) => lacks[name])
    .map((name) => words[name][tx.locale]);
}
