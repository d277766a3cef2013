import { ref, shallowRef, type Ref } from 'vue';
import { useSpoken } from '../i18n/spoken.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { KnownFile } from './files.ts';
import { sendFile } from './upload.ts';

/** Sending files, one at a time: of two the later one counts. */
export interface FileSending {
  /** How much is sent, from 0 to 1; undefined while nothing is. */
  readonly share: Readonly<Ref<number | undefined>>;
  /** Why the last file was not taken, in the reader's language. */
  readonly refusal: Ref<string | undefined>;
  /** Sends a file of which no fault is known; gives what the server made of it, undefined where it was not taken. */
  send(
    file: File,
    to: { readonly address: string; readonly fault: string | undefined },
  ): Promise<KnownFile | undefined>;
  cancel(): void;
}

/** Sends files and tells how far they are. */
export function useSending(): FileSending {
  const t = useMessages();
  const { locale } = useSpoken();
  const share = ref<number>();
  const refusal = ref<string>();
  const running = shallowRef<AbortController>();

  const send: FileSending['send'] = async (file, { address, fault }) => {
    cancel();
    refusal.value = fault;
    if (fault !== undefined) return undefined;
    const own = new AbortController();
    running.value = own;
    share.value = 0;
    const outcome = await sendFile(file, {
      address,
      language: locale.value,
      signal: own.signal,
      onProgress: (now) => {
        if (running.value === own) share.value = now;
      },
    });
    if (running.value !== own) return undefined;
    stop();
    if (outcome.kind === 'received') return outcome.file;
    if (outcome.kind === 'refused') refusal.value = outcome.message ?? t.value.fields.fileFailed;
    return undefined;
  };

  function stop(): void {
    running.value = undefined;
    share.value = undefined;
  }

  function cancel(): void {
    running.value?.abort();
    stop();
  }

  return { share, refusal, send, cancel };
}
