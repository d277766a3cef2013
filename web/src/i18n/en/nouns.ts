const plurals = new Intl.PluralRules('en');

/** A count with its noun, in the form that English asks for. */
export function counted(count: number, one: string, other: string): string {
  return `${count} ${plurals.select(count) === 'one' ? one : other}`;
}

/** A count that comes formatted, such as 1,000. */
export function nounOf(count: string, one: string, other: string): string {
  return `${count} ${count === '1' ? one : other}`;
}
