import { mostMegabytes, type FieldDefinition, type Json } from '@kequn/rules';
import { inject, onBeforeUnmount } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { isPicture, useFiles } from './files.ts';
import { uploadAddress, usualUploadAddress } from './upload.ts';
import { useSending, type FileSending } from './use-sending.ts';

const MEGABYTE = 1_048_576;

/** What a field of files takes. */
export function takenBy({ validation }: FieldDefinition): { onlyPictures: boolean; megabytes: number } {
  return { onlyPictures: validation.accept === 'IMAGE', megabytes: validation.maxMegabytes ?? mostMegabytes };
}

/** Uploading the file of one field. */
export interface FileUpload extends Pick<FileSending, 'share' | 'refusal' | 'cancel'> {
  send(file: File): Promise<void>;
  remove(): void;
}

/** Uploads a file as soon as it is chosen, and gives its id as the value. */
export function useFileUpload(field: () => FieldDefinition, change: (value: Json) => void): FileUpload {
  const t = useMessages();
  const files = useFiles();
  const addressFor = inject(uploadAddress, () => usualUploadAddress, true);
  const { share, refusal, cancel, ...sending } = useSending();

  async function send(file: File): Promise<void> {
    const received = await sending.send(file, { address: addressFor(field().key), fault: faultOf(file) });
    if (!received) return;
    files.keep([{ ...received, preview: isPicture(received) ? await pictureIn(file) : undefined }]);
    change(received.id);
    announce(t.value.fields.fileTaken(received.name));
  }

  function faultOf(file: File): string | undefined {
    const { megabytes } = takenBy(field());
    return file.size > megabytes * MEGABYTE ? t.value.fields.fileTooLarge(megabytes) : undefined;
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
