import { mostPictureMegabytes } from '@kequn/rules';
import { onBeforeUnmount } from 'vue';
import { useSending, type FileSending } from '../field-kit/use-sending.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { toast } from '../ui/toast.ts';
import { picturesAddress } from './copy-pictures.ts';

/** The media types of pictures that forms show. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

const MEGABYTE = 1_048_576;

/** Uploading the picture of one part of a form. */
export interface PictureUpload extends Pick<FileSending, 'share' | 'refusal' | 'cancel'> {
  send(file: File): Promise<void>;
}

/** Uploads a picture as soon as it is chosen, and gives its id. It goes on where something else is looked at meanwhile. */
export function usePictureUpload(change: (id: string) => void): PictureUpload {
  const t = useMessages();
  const { share, refusal, cancel, ...sending } = useSending();
  let isSeen = true;
  onBeforeUnmount(() => (isSeen = false));

  function faultOf({ size, type }: File): string | undefined {
    if (!pictureTypes.some((each) => each === type)) return t.value.forms.picture.wrongType;
    return size > mostPictureMegabytes * MEGABYTE ? t.value.forms.picture.tooLarge(mostPictureMegabytes) : undefined;
  }

  return {
    share,
    refusal,
    cancel,
    async send(file) {
      const received = await sending.send(file, { address: picturesAddress, fault: faultOf(file) });
      if (received) change(received.id);
      else if (refusal.value !== undefined && !isSeen) void toast(refusal.value, 'error');
    },
  };
}
