import type { EntityManager } from 'typeorm';

/** Where a kept thing is loaded from. */
export interface RuleSetReader {
  readonly manager: EntityManager;
  readonly ruleSet: RuleSet;
  /** The organisation's IANA zone. */
  readonly database: { readonly timeZone: string };
}

/** Something that changes only together with the rule set's version: fields, rights, rules. */
export interface Kept<T> {
  readonly name: string;
  load(tx: RuleSetReader): Promise<T>;
}

/** What was loaded under one version. */
export interface RuleSet {
  readonly version: number;
  readonly values: Map<Kept<unknown>, Promise<unknown>>;
}

/** An empty rule set. */
export function emptyRuleSet(version: number): RuleSet {
  return { version, values: new Map() };
}

/** Gives the kept thing of the transaction's rule set, loading it at the first call for its version. */
export function kept<T>(tx: RuleSetReader, what: Kept<T>): Promise<T> {
  const { values } = tx.ruleSet;
  const known = values.get(what);
  if (known) return known as Promise<T>;
  const loading = what.load(tx);
  values.set(what, loading);
  // A load that failed is asked for anew: its reason was the connection, not the version.
  loading.catch(() => values.delete(what));
  return loading;
}

/** The rule sets of one server process: those of the newest version that it met. */
export class RuleSetCache {
  #current = emptyRuleSet(-1);

  /** The shared rule set of a version. An older version than the newest met gets one of its own, for one transaction. */
  of(version: number): RuleSet {
    if (version > this.#current.version) this.#current = emptyRuleSet(version);
    return version === this.#current.version ? this.#current : emptyRuleSet(version);
  }
}
