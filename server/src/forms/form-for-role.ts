import type { FormLayout } from '@kequn/rules';
import { readingFields, requireCapability, Rights, roles } from '../access/gate.ts';
import { RoleFieldAccess } from '../access/role.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { placedKeys } from './form-catalogue.ts';
import type { Form } from './form.ts';
import { draftsIn } from './list-forms.ts';
import { readerWith, shownLayout } from './shown-layout.ts';

/**
 * The draft of a form as somebody fills it who has one role alone, as far as the viewer may know it themselves. Needs MANAGE_ROLES.
 *
 * @throws {Refused} FORBIDDEN; NOT_FOUND for no role.
 */
export async function layoutForRole(ctx: Context, form: Form, roleId: string): Promise<FormLayout> {
  return read(ctx, async (tx) => {
    const rights = await rightsOfRole(tx, roleId);
    const { rules } = await kept(tx, fieldCatalogue);
    const [draft] = await draftsIn(tx, [form]);
    return shownLayout(
      draft!.layout,
      readerWith(rights, (key) => rules.fields.has(key)),
    );
  });
}

/**
 * What one role alone may do with each field that the draft of a form places, as far as the viewer may know of it. Needs MANAGE_ROLES.
 *
 * @throws {Refused} FORBIDDEN; NOT_FOUND for no role.
 */
export async function accessForRole(ctx: Context, form: Form, roleId: string): Promise<RoleFieldAccess[]> {
  return read(ctx, async (tx) => {
    const rights = await rightsOfRole(tx, roleId);
    const [draft] = await draftsIn(tx, [form]);
    return placedKeys(draft!.layout).map((fieldKey) =>
      Object.assign(new RoleFieldAccess(), { roleId, fieldKey, access: rights.accessTo(fieldKey) }),
    );
  });
}

async function rightsOfRole(tx: Transactional<Context>, roleId: string): Promise<Rights> {
  await requireCapability(tx, 'MANAGE_ROLES');
  const role = (await kept(tx, roles)).get(roleId.toLowerCase());
  if (!role) throw notFound();
  return new Rights([role], await kept(tx, readingFields));
}
