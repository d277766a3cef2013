import { mostMegabytes, type FieldDefinition, type Json } from '@kequn/rules';
import { inject, onBeforeUnmount, ref, shallowRef, type Ref } from 'vue';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { isPicture, useFiles, type KnownFile } from './files.ts';
import { sendFile, uploadAddress, usualUploadAddress } from './upload.ts';

const MEGABYTE = 1_048_576;

/** What a field of files takes. */
export function takenBy({ validation }: FieldDefinition): { onlyPictures: boolean; megabytes: number } {
  return { onlyPictures: validation.accept === 'IMAGE', megabytes: validation.maxMegabytes ?? mostMegabytes };
}

/** Uploading the file of one field. */
export interface FileUpload {
  /** How much is sent, from 0 to 1; undefined while nothing is. */
  readonly share: Readonly<Ref<number | undefined>>;
  /** Why the last file was not taken. */
  readonly refusal: Readonly<Ref<string | undefined>>;
  send(file: File): Promise<void>;
  cancel(): void;
  remove(): void;
}

/** Uploads a file as soon as it is chosen, and gives its id as the value. */
export function useFileUpload(field: () => FieldDefinition, change: (value: Json) => void): FileUpload {
  const t = useMessages();
  const files = useFiles();
  const addressFor = inject(uploadAddress, () => usualUploadAddress, true);
  const share = ref<number>();
  const refusal = ref<string>();
  const running = shallowRef<AbortController>();

  async function send(file: File): Promise<void> {
    cancel();
    refusal.value = faultOf(file);
    if (refusal.value !== undefined) return;
    const own = new AbortController();
    running.value = own;
    share.value = 0;
    const outcome = await sendFile(file, {
      address: addressFor(field().key),
      language: locale.value,
      signal: own.signal,
      onProgress: (now) => {
        if (running.value === own) share.value = now;
      },
    });
    if (running.value !== own) return;
    stop();
    if (outcome.kind === 'received') await take(file, outcome.file);
    else if (outcome.kind === 'refused') refusal.value = outcome.message ?? t.value.fields.fileFailed;
  }

  async function take(file: File, received: KnownFile): Promise<void> {
    files.keep([{ ...received, preview: isPicture(received) ? await pictureIn(file) : undefined }]);
    change(received.id);
    announce(t.value.fields.fileTaken(received.name));
  }

  function faultOf(file: File): string | undefined {
    const { megabytes } = takenBy(field());
    return file.size > megabytes * MEGABYTE ? t.value.fields.fileTooLarge(megabytes) : undefined;
  }

  function stop(): void {
    running.value = undefined;
    share.value = undefined;
  }

  function cancel(): void {
    running.value?.abort();
    stop();
  }

  function remove(): void {
    refusal.value = undefined;
    change(null);
    announce(t.value.fields.fileRemoved);
  }

  onBeforeUnmount(cancel);
  return { share, refusal, send, cancel, remove };
}

/** The picture itself as an address: whoever fills a public form cannot ask the server for it. */
function pictureIn(file: File): Promise<string | undefined> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => resolve(undefined));
    reader.readAsDataURL(file);
  });
}
