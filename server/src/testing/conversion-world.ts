import type { TestServer } from './test-server.ts';

/** All that goes by the values of a field, by the names of customers. */
export interface ConversionWorld {
  readonly field: unknown;
  readonly values: unknown;
  readonly memberships: unknown;
  readonly search: unknown;
  readonly identities: unknown;
  readonly setAside: unknown;
  readonly conversions: unknown;
}

/** What stands in the database for a field of customers that have a `name`. */
export async function worldOf({ database }: TestServer, key: string): Promise<ConversionWorld> {
  const ask = (query: string, parameters: readonly unknown[] = [key]) =>
    database.source.query<unknown[]>(query, [...parameters]);
  return {
    field: await ask('select key, type, options, validation, "unique", required, version from field where key = $1'),
    values: await ask(
      `select to_jsonb(c) - '{id,created_at,updated_at}'::text[] -
        (select coalesce(array_agg(column_name::text), '{}') from information_schema.columns
          where table_name = 'customer' and column_name ~ '^(former|coming)_') as row from customer c order by f_name`,
      [],
    ),
    memberships: await ask(
      `select s.key, c.f_name from segment s join membership m on m.generation_id = s.generation_id
         join customer c on c.id = m.customer_id order by 1, 2`,
      [],
    ),
    search: await ask(
      'select c.f_name, s.haystack from customer_search s join customer c on c.id = s.customer_id where s.field_key = $1 order by 1, 2',
    ),
    identities: await ask(
      `select c.f_name, i.value from customer_identity i join customer c on c.id = i.customer_id where i.field_key = $1 order by 1, 2`,
    ),
    setAside: await ask(
      `select c.f_name, v.value, f.to ->> 'type' as type from field_conversion_value v join customer c on c.id = v.customer_id
         join field_conversion f on f.id = v.conversion_id where f.field_key = $1 order by 1, f.at`,
    ),
    conversions: await ask(
      `select "from", "to", converted, set_aside, undoes is null as forth, undone_at is null as stands from field_conversion
        where field_key = $1 order by id desc limit 2`,
    ),
  };
}

/** What changes of type by jobs may leave behind: rows, columns and members that nothing points at. */
export async function leftOfConversions({ database }: TestServer): Promise<number> {
  const [left] = await database.source.query<{ left: number }[]>(
    `select ((select count(*) from rebuild) + (select count(*) from touched)
           + (select count(*) from membership m where not exists (select from segment s where s.generation_id = m.generation_id))
           + (select count(*) from field_conversion_value v where not exists (select from field_conversion c where c.id = v.conversion_id))
           + (select count(*) from information_schema.columns
               where table_name = 'customer' and column_name ~ '^coming_'
                 and not exists (select from field where 'coming_' || key = column_name and computed)))::int as left`,
  );
  return left!.left;
}
