import { catalogueOf, type Catalogue } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { User } from '../access/user.ts';
import type { Kept } from '../platform/rule-set.ts';
import { Field } from './field.ts';

/** Every field, archived ones too, and what rules see of them. */
export interface FieldCatalogue {
  /** In their order; system fields are not among them. */
  readonly fields: readonly Field[];
  readonly byKey: ReadonlyMap<string, Field>;
  /** Live fields, system fields and the names of users: what a rule may name. */
  readonly rules: Catalogue;
}

/** The field catalogue of one rule-set version. */
export const fieldCatalogue: Kept<FieldCatalogue> = {
  name: 'fields',
  async load({ manager, database }) {
    const fields = await manager.find(Field, { order: { position: 'ASC' } });
    const users = await manager.find(User, { select: { id: true, name: true } });
    const names = new Map(users.map(({ id, name }) => [id, name]));
    return {
      fields,
      byKey: new Map(fields.map((field) => [field.key, field])),
      rules: catalogueOf(fields, names, database.timeZone, checkTools.regions),
    };
  },
};
