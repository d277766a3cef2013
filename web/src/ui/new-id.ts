let last = 0;

/** An id that is met once in this page. `crypto.randomUUID` does not exist on pages served without TLS. */
export function newId(): string {
  last += 1;
  return `n${last}`;
}
