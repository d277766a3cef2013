import { v7 } from 'uuid';

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new id, UUID v7 (RFC 9562): later ones sort after earlier ones. */
export function newId(): string {
  return v7();
}

/** Whether text can be an id at all; what cannot is unknown, not an error of the database. */
export function isUuid(text: string): boolean {
  return shape.test(text);
}

/** Whether an id is sent, so that something is to be changed and nothing made: an empty one is that of nothing. */
export function isGiven(id: string | null | undefined): id is string {
  return id !== undefined && id !== null;
}
