import { setTimeout as sleep } from 'node:timers/promises';
import type { FieldAccess } from '../access/role.ts';
import { makeRole as make, refusalOf, setAccess as set, type RoleParts } from './role-calls.ts';
import type { TestServer } from './test-server.ts';

const parts =
  '{ id name version active activatedAt lastRunAt nextRunAt lastErased rule ruleText restricted problem activatedBy { name } job { id } }';
/** Saves a rule: `input`. */
export const SAVE = `mutation ($input: RetentionRuleInput!) { rule: saveRetentionRule(input: $input) ${parts} }`;
/** Activates a rule: `id`, `version`. */
export const ACTIVATE = `mutation ($id: ID!, $version: Int!) { rule: activateRetentionRule(id: $id, version: $version) ${parts} }`;
/** Pauses a rule: `id`. */
export const PAUSE = `mutation ($id: ID!) { rule: pauseRetentionRule(id: $id) ${parts} }`;
/** Deletes a rule: `id`. */
export const DELETE = 'mutation ($id: ID!) { deleteRetentionRule(id: $id) }';
/** Runs a rule at once: `id`. */
export const RUN = 'mutation ($id: ID!) { job: runRetentionRule(id: $id) { id } }';

/** A retention rule as tests look at it. */
export interface ShownRetentionRule {
  readonly id: string;
  readonly version: number;
  readonly active: boolean;
  readonly lastRunAt: string | null;
  readonly nextRunAt: string | null;
  readonly lastErased: number | null;
  readonly rule: unknown;
  readonly ruleText: string | null;
  readonly restricted: string | null;
  readonly problem: string | null;
}

/** Retention rules through the API of a server, as its administrator unless another token is given, and what tests of them wait for. */
export function retentionCalls(of: () => TestServer) {
  async function ask(query: string, variables: object, token = of().token): Promise<ShownRetentionRule> {
    return (await of().ask<{ rule: ShownRetentionRule }>(query, variables, { token })).rule;
  }

  function save(rule: unknown, more: object = {}, token?: string): Promise<ShownRetentionRule> {
    return ask(SAVE, { input: { name: 'long gone', rule, ...more } }, token);
  }

  async function activeRule(rule: unknown, token?: string): Promise<ShownRetentionRule> {
    const { id, version } = await save(rule, {}, token);
    return ask(ACTIVATE, { id, version }, token);
  }

  async function listed(token = of().token): Promise<readonly ShownRetentionRule[]> {
    const query = `{ retentionRules ${parts} }`;
    return (await of().ask<{ retentionRules: ShownRetentionRule[] }>(query, {}, { token })).retentionRules;
  }

  const refusal = (query: string, variables: object, token?: string) => refusalOf(of(), query, variables, token);
  const setAccess = (roleId: string, access: Readonly<Record<string, FieldAccess>>) => set(of(), roleId, access);

  /** Makes a role that may erase customers and write every field, unless told otherwise. */
  const makeRole = (more: RoleParts = {}, entries: Readonly<Record<string, FieldAccess>> = {}) =>
    make(of(), { capabilities: ['ERASE_CUSTOMERS'], ...more }, entries);

  /** Until a question to the database is answered with a row. */
  async function until(sql: string, values: readonly unknown[] = []): Promise<void> {
    while ((await of().database.source.query<unknown[]>(sql, [...values])).length === 0) await sleep(10);
  }

  /** Until no job goes on any more. */
  function untilIdle(): Promise<void> {
    return until(`select 1 where not exists (select 1 from job where status in ('QUEUED', 'RUNNING'))`);
  }

  /** Until somebody in this database waits for a lock of this type. */
  function waitsFor(locktype: string): Promise<void> {
    return until(
      `select 1 from pg_locks l join pg_stat_activity a using (pid)
        where not l.granted and l.locktype = $1 and a.datname = current_database()`,
      [locktype],
    );
  }

  return { ask, save, activeRule, listed, refusal, makeRole, setAccess, untilIdle, waitsFor };
}
