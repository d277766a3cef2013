import type { Readable } from 'node:stream';

/** Where the bytes of files stand, by the id of the file. */
export interface FileStore {
  /**
   * Keeps what comes under an id, wholly or not at all: until it is done nothing is there.
   *
   * @throws {Refused} UNAVAILABLE where there is no room or the store cannot be reached; whatever `content` throws.
   */
  put(id: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * The bytes; null where there are none.
   *
   * @throws {Refused} UNAVAILABLE.
   */
  get(id: string): Promise<Readable | null>;
  /**
   * Takes away what stands under an id, and what was left of an attempt to put it there; nothing being there is no error.
   *
   * @throws {Refused} UNAVAILABLE.
   */
  remove(id: string): Promise<void>;
  /** Whether a file could be put there now, as far as that can be told without one. Never throws. */
  hasRoom(): Promise<boolean>;
}

/** Under this name controllers get the store. */
export const fileStore = Symbol('file store');
