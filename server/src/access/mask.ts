/** What a viewer with masked access is shown of a value: that there is one, nothing more. */
export function maskedValue(value: unknown): string | null {
  return value === null || value === undefined ? null : '***';
}
