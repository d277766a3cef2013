/** A session in which the user looks on as a role does; it lasts as long as the tab. */
export interface Viewing {
  readonly token: string;
  /** The name of the role. */
  readonly role: string;
}

const storageKey = 'kequn.viewing';

/** The session of this tab in which somebody looks on as a role, if there is one. */
export function presentViewing(): Viewing | undefined {
  const stored = sessionStorage.getItem(storageKey);
  return stored === null ? undefined : (JSON.parse(stored) as Viewing);
}

/** Begins one, or ends it. What is on screen is loaded anew by whoever calls. */
export function keepViewing(viewing: Viewing | undefined): void {
  if (viewing) sessionStorage.setItem(storageKey, JSON.stringify(viewing));
  else sessionStorage.removeItem(storageKey);
}

/** What tells the server that the user looks on as a role. It goes before the cookie of the user's own session. */
export function viewingHeaders(): { readonly authorization?: string } {
  const viewing = presentViewing();
  return viewing ? { authorization: `Bearer ${viewing.token}` } : {};
}
