const DAY_MS = 86_400_000;

/** The day that lies some days before another, YYYY-MM-DD. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - Math.round(days) * DAY_MS).toISOString().slice(0, 10);
}
