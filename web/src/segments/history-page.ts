/** A move as its history tells it. */
interface Move {
  readonly at: string;
}

/** Moves that are shown together, and where those before them end. */
export interface HistoryPage<Row extends Move> {
  /** `cut` marks the last one of a moment of which there may be more. */
  readonly rows: readonly (Row & { readonly cut: boolean })[];
  /** Null: there are no earlier ones. */
  readonly before: string | null;
}

/**
 * Cuts a page between moments: a history goes on before an instant, so the rest of a moment that a page ends in would be passed over.
 * Its part is left to the next page, unless it fills the whole of this one, as when a rule moves many at once.
 */
export function historyPage<Row extends Move>(moves: readonly Row[], size: number): HistoryPage<Row> {
  const last = moves.at(-1);
  if (!last || moves.length < size) return { rows: moves.map((move) => ({ ...move, cut: false })), before: null };
  const whole = moves.filter(({ at }) => at !== last.at);
  const end = whole.at(-1);
  if (end) return { rows: whole.map((move) => ({ ...move, cut: false })), before: end.at };
  return { rows: moves.map((move) => ({ ...move, cut: move === last })), before: last.at };
}
