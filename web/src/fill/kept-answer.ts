import type { Entered } from '../forms/use-form-fill.ts';

/** What somebody has begun to fill on this device, until it is sent. */
export interface KeptAnswer {
  readonly entered: Entered;
  /** The index of the page on which they were. */
  readonly page: number;
  /** What the answer is called, so that it is taken once however often it is sent. */
  readonly key: string;
}

const nameOf = (slug: string, version: number) => `kequn.form.${slug}.${version}`;

/** What was begun of a version of a form, or an empty answer. */
export function keptAnswer(slug: string, version: number): KeptAnswer {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(slug, version)) ?? 'null') as Partial<KeptAnswer> | null;
    const { entered, page, key } = kept ?? {};
    if (entered && typeof entered === 'object' && typeof key === 'string')
      return { entered, page: Number.isInteger(page) ? Number(page) : 0, key };
  } catch {
    // What another program has put there, or a browser that keeps nothing: it is begun anew.
  }
  return newAnswer();
}

/** An answer that nothing was entered for. */
export function newAnswer(): KeptAnswer {
  // `crypto.randomUUID` does not exist on pages served without TLS.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { entered: {}, page: 0, key: [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/** Keeps what was entered, or forgets it once it was sent. */
export function keepAnswer(slug: string, version: number, answer: KeptAnswer | null): void {
  try {
    if (answer) localStorage.setItem(nameOf(slug, version), JSON.stringify(answer));
    else localStorage.removeItem(nameOf(slug, version));
  } catch {
    // A browser that keeps nothing lets the form be filled all the same.
  }
}
