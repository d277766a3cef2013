import { useApi } from '../api/client.ts';
import { FormForRoleDocument } from '../api/generated/graphql.ts';
import { layoutOf } from './form-sheet.ts';
import type { FormForRole } from './role-view.ts';

/** Asks for a form, as it was last saved, as a role gets it. */
export function useRoleForms(): (formId: string, roleId: string) => Promise<FormForRole | undefined> {
  const api = useApi();
  return async (id, roleId) => {
    const { form } = await api.query(FormForRoleDocument, { id, roleId });
    if (!form) return undefined;
    return {
      roleId,
      layout: layoutOf(form.layoutFor),
      access: new Map(form.accessFor.map(({ fieldKey, access }) => [fieldKey, access])),
    };
  };
}
