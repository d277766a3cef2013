import { catalogueOf, eventProperty, type Catalogue, type EventTypeDefinition, type FieldType } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { User } from '../access/user.ts';
import type { Kept, RuleSetReader } from '../platform/rule-set.ts';
import { Field } from './field.ts';
import { formulasOf, type Formulas } from './formulas.ts';

/** Every field, archived ones too, and what rules see of them. */
export interface FieldCatalogue {
  /** In their order; system fields are not among them. */
  readonly fields: readonly Field[];
  readonly byKey: ReadonlyMap<string, Field>;
  /** What computes the values of fields. */
  readonly formulas: Formulas;
  /** What a rule may name: live fields and system fields, the names of users, kinds of events, segments. */
  readonly rules: Catalogue;
}

/** The field catalogue of one rule-set version. */
export const fieldCatalogue: Kept<FieldCatalogue> = {
  name: 'fields',
  async load(tx) {
    const { manager, database } = tx;
    const fields = await manager.find(Field, { order: { position: 'ASC' } });
    const users = await manager.find(User, { select: { id: true, name: true } });
    const names = new Map(users.map(({ id, name }) => [id, name]));
    const live = catalogueOf(fields, names, database.timeZone, checkTools.regions);
    const rules = { ...live, events: await eventTypes(tx), segments: await segmentNames(tx) };
    return {
      fields,
      formulas: formulasOf(fields, rules),
      byKey: new Map(fields.map((field) => [field.key, field])),
      rules,
    };
  },
};

/** The catalogue in which one of the fields is another. */
export function withField(before: FieldCatalogue, after: Field): FieldCatalogue {
  // Formulas are checked once more, and the options of their fields go by them.
  const fields = before.fields.map((field) => Object.assign(new Field(), field.key === after.key ? after : field));
  const { users, timeZone, regions } = before.rules;
  const rules = { ...before.rules, ...catalogueOf(fields, users, timeZone, regions) };
  const formulas = formulasOf(fields, rules);
  return { fields, byKey: new Map(fields.map((field) => [field.key, field])), formulas, rules };
}

interface StoredEventType {
  readonly key: string;
  readonly label: string;
  readonly labels: Record<string, string>;
  readonly properties: readonly { readonly key: string; readonly type: FieldType; readonly label: string }[];
}

async function eventTypes({ manager }: RuleSetReader): Promise<ReadonlyMap<string, EventTypeDefinition>> {
  const types = await manager.query<StoredEventType[]>('select key, label, labels, properties from event_type');
  return new Map(
    types.map(({ properties, ...type }) => [
      type.key,
      { ...type, properties: properties.map(({ key, type: of, label }) => eventProperty(key, of, label)) },
    ]),
  );
}

async function segmentNames({ manager }: RuleSetReader): Promise<ReadonlyMap<string, string>> {
  const segments = await manager.query<{ key: string; name: string }[]>(
    'select key, name from segment where deleted_at is null',
  );
  return new Map(segments.map(({ key, name }) => [key, name]));
}
