import pg from 'pg';

const { builtins, getTypeParser } = pg.types;

/** How values come from Postgres: days as they are written, instants in ISO 8601 UTC with milliseconds, whole and decimal numbers as numbers. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.DATE]: (text) => text,
  [builtins.TIMESTAMPTZ]: instant,
  [builtins.INT8]: Number,
  [builtins.NUMERIC]: Number,
};

/** Takes the place of pg's own parsers in a connection's configuration. */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers[oid] ?? getTypeParser(oid, format)) as typeof getTypeParser,
};

/** The session's zone is UTC, so Postgres writes `2026-11-23 01:02:03.004+00`. */
function instant(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text);
  if (!match) throw new Error('Not an instant of the years 0001 to 9999 in UTC');
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`;
}
