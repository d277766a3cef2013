import type { InjectionKey } from 'vue';
import { viewingHeaders } from '../session/viewing.ts';
import type { KnownFile } from './files.ts';

/** Where the file for a field is sent; given anew by whoever fills a form that others may fill. */
export const uploadAddress: InjectionKey<(fieldKey: string) => string> = Symbol('upload address');

/** The same for who is signed in. */
export function usualUploadAddress(fieldKey: string): string {
  return `/files?field=${encodeURIComponent(fieldKey)}`;
}

/** What came of sending a file. */
export type Received =
  | { readonly kind: 'received'; readonly file: KnownFile }
  /** Why it was not taken, in the reader's language; undefined where the server could not be reached. */
  | { readonly kind: 'refused'; readonly message: string | undefined }
  | { readonly kind: 'cancelled' };

/** How a file is sent. */
interface Sending {
  readonly address: string;
  readonly language: string;
  /** Told how much is sent, from 0 to 1. */
  onProgress(share: number): void;
  readonly signal: AbortSignal;
}

/** Sends a file. Never throws. */
export function sendFile(file: File, { address, language, onProgress, signal }: Sending): Promise<Received> {
  const body = new FormData();
  body.append('file', file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('accept-language', language);
    for (const [name, value] of Object.entries(viewingHeaders())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => resolve(outcomeOf(request)));
    request.addEventListener('error', () => resolve({ kind: 'refused', message: undefined }));
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}

function outcomeOf({ status, responseText }: XMLHttpRequest): Received {
  try {
    const told = JSON.parse(responseText) as KnownFile & Refusal;
    if (status === 201) return { kind: 'received', file: told };
    return { kind: 'refused', message: told.issues?.[0]?.message ?? told.message };
  } catch {
    return { kind: 'refused', message: undefined };
  }
}

interface Refusal {
  readonly message?: string;
  readonly issues?: readonly { readonly message: string }[];
}
