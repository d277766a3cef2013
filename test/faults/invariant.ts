import {
  catalogueOf,
  checkRule,
  momentAt,
  ruleToSql,
  SqlParameters,
  type Catalogue,
  type EventTypeDefinition,
  type FieldDefinition,
  type Moment,
} from '@kequn/rules';
import pg from 'pg';
import { customerTarget } from '../../server/src/fields/customer-table.ts';

/** One snapshot of a database, whatever is written meanwhile. */
export interface Snapshot {
  readonly client: pg.Client;
  /** The instant of the snapshot by the database's clock, ISO 8601 in UTC; milliseconds are cut. */
  readonly now: string;
}

const ZONE = 'Asia/Shanghai';

/** Takes a snapshot and asks it. */
export async function inSnapshot<T>(url: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // The first statement takes the snapshot. Who becomes due between that and the reading of the clock counts as due.
    const { rows } = await client.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    return await work({ client, now: rows[0]!.now.toISOString() });
  } finally {
    await client.end();
  }
}

/** What invariant I1 was asked of, and where it did not hold. */
export interface Standing {
  /** Pairs of an active segment and a customer who is not due. */
  readonly asked: number;
  /** Those whose stored membership is not what the rule says. */
  readonly wrong: readonly string[];
}

interface StoredSegment {
  readonly key: string;
  readonly rule: unknown;
  readonly generation: string;
}

/** Asks I1: of every active segment the members that are not due are those for whom its rule holds at the snapshot's instant. */
export async function standingIn({ client, now }: Snapshot): Promise<Standing> {
  const catalogue = await catalogueIn(client);
  const moment = momentAt(now, ZONE);
  const { rows: segments } = await client.query<StoredSegment>(
    `select key, rule, generation_id as generation from segment
      where status = 'ACTIVE' and deleted_at is null and rule is not null`,
  );
  let asked = 0;
  const wrong: string[] = [];
  for (const segment of segments) {
    const rows = await verdicts(client, segment, { catalogue, moment });
    asked += rows.length;
    const differing = rows.filter(({ holds, stored }) => holds !== stored);
    wrong.push(...differing.map(({ id, stored }) => `${segment.key}: ${id} is ${stored ? '' : 'no '}member at ${now}`));
  }
  return { asked, wrong };
}

async function verdicts(
  client: pg.Client,
  { rule, generation }: StoredSegment,
  { catalogue, moment }: { readonly catalogue: Catalogue; readonly moment: Moment },
) {
  const checked = checkRule(rule, catalogue);
  if (!checked.ok) throw new Error(`An active segment has a rule that is none: ${JSON.stringify(rule)}`);
  const parameters = new SqlParameters();
  const holds = ruleToSql(checked.value, customerTarget(parameters, moment));
  const [at, where] = [parameters.add(moment.now), parameters.add(generation)];
  const { rows } = await client.query<{ id: string; holds: boolean; stored: boolean }>(
    `select c.id, ${holds} as holds,
            exists (select from membership m where m.customer_id = c.id and m.generation_id = ${where}::uuid) as stored
       from customer c
      where not exists (select from customer_due d where d.customer_id = c.id and d.due_at <= ${at}::timestamptz)`,
    [...parameters.values],
  );
  return rows;
}

async function catalogueIn(client: pg.Client): Promise<Catalogue> {
  const { rows: fields } = await client.query<FieldDefinition>('select * from field');
  const { rows: types } = await client.query<EventTypeDefinition>('select * from event_type');
  const { rows: segments } = await client.query<{ key: string; name: string }>(
    'select key, name from segment where deleted_at is null',
  );
  return {
    ...catalogueOf(fields, new Map(), ZONE),
    events: new Map(types.map((type) => [type.key, type])),
    segments: new Map(segments.map(({ key, name }) => [key, name])),
  };
}
