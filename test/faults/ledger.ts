import type pg from 'pg';

/** The version of a customer that was acknowledged last, and its mark. */
interface SavedVersion {
  readonly version: number;
  readonly mark: number;
}

/** The amounts that an event was sent to hold; those from `from` on, the last acknowledged one, may be what is stored. */
interface SentAmounts {
  readonly amounts: number[];
  readonly from: number;
}

/** What was acknowledged before an instant: the least that a database has to hold after it. */
export interface Acknowledged {
  readonly customers: ReadonlyMap<string, SavedVersion>;
  readonly events: ReadonlyMap<string, SentAmounts>;
}

/** What writers sent and what they were told. Every save carries another mark, every event another amount. */
export class Ledger {
  /** Saves and events that were acknowledged. */
  acknowledged = 0;
  readonly #madeTwice: string[] = [];
  readonly #customers = new Map<string, SavedVersion>();
  readonly #events = new Map<string, SentAmounts>();
  readonly #sent = new Set<string>();

  /** That a customer is sent to become this version. */
  send(id: string, { version, mark }: SavedVersion): void {
    this.#sent.add(`${id} ${version} ${mark}`);
  }

  /** That this was acknowledged. */
  save(id: string, saved: SavedVersion): void {
    this.acknowledged += 1;
    const before = this.#customers.get(id)?.version ?? 0;
    if (before === saved.version) this.#madeTwice.push(`${id} ${saved.version}`);
    if (before < saved.version) this.#customers.set(id, saved);
  }

  /** That an event, which only one writer writes, is sent to hold this amount. */
  sendEvent(sourceId: string, amount: number): void {
    this.#events.get(sourceId)?.amounts.push(amount);
  }

  /** That this was acknowledged. */
  saveEvent(sourceId: string, amount: number): void {
    this.acknowledged += 1;
    const amounts = this.#events.get(sourceId)?.amounts ?? [amount];
    this.#events.set(sourceId, { amounts, from: amounts.indexOf(amount) });
  }

  /** What has been acknowledged by now. */
  copy(): Acknowledged {
    return { customers: new Map(this.#customers), events: new Map(this.#events) };
  }

  /** What a snapshot taken later does not hold of it; and versions that two saves were told that they had made. */
  async lostIn(client: pg.Client, { customers, events }: Acknowledged): Promise<readonly string[]> {
    const stored = await client.query<SavedVersion & { id: string }>(
      'select id, version, f_mark as mark from customer',
    );
    const recorded = await client.query<{ id: string; amount: number }>(
      'select source_id as id, amount from event where source_id is not null',
    );
    const rows = new Map(stored.rows.map((row) => [row.id, row]));
    const amounts = new Map(recorded.rows.map(({ id, amount }) => [id, amount]));
    const lostCustomers = [...customers].filter(([id, saved]) => !this.#follows(saved, id, rows.get(id)));
    const lostEvents = [...events].filter(([id, sent]) => !sent.amounts.slice(sent.from).includes(amounts.get(id)!));
    return [
      ...lostCustomers.map(([id, saved]) => `customer ${id} ${JSON.stringify([saved, rows.get(id)])}`),
      ...lostEvents.map(([id, sent]) => `event ${id} ${JSON.stringify([sent, amounts.get(id)])}`),
      ...this.#madeTwice.map((made) => `made twice: ${made}`),
    ];
  }

  /** Whether what is stored is what was acknowledged, or a later version that somebody sent. */
  #follows(saved: SavedVersion, id: string, stored: SavedVersion | undefined): boolean {
    if (!stored || stored.version < saved.version) return false;
    if (stored.version === saved.version) return stored.mark === saved.mark;
    return this.#sent.has(`${id} ${stored.version} ${stored.mark}`);
  }
}
