import type { InjectionKey } from 'vue';

/** Where the bytes of a picture of a form are; given anew by whoever fills a form that anybody may fill. */
export const pictureAddress: InjectionKey<(id: string) => string> = Symbol('picture address');

/** The same for who is signed in. */
export function usualPictureAddress(id: string): string {
  return `/pictures/${encodeURIComponent(id)}`;
}
