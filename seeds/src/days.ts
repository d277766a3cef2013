const DAY_MS = 86_400_000;

/** The day that lies some days before another, YYYY-MM-DD. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - Math.round(days) * DAY_MS).toISOString().slice(0, 10);
}

/** How many days one day lies before another. */
export function daysBetween(day: string, later: string): number {
  return Math.round((Date.parse(later) - Date.parse(day)) / DAY_MS);
}
