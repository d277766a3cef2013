/** The first instant of a day, `YYYY-MM-DD`, by the clock of the browser, or of one some days later; undefined for what is no day since 1970. */
export function startOfDay(day: string, later = 0): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined || year < 1970) return undefined;
  const start = new Date(year, month - 1, date);
  return start.getDate() === date && start.getMonth() === month - 1
    ? new Date(year, month - 1, date + later)
    : undefined;
}
