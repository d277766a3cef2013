import type { ComputedRef } from 'vue';
import { useSpoken } from './spoken.ts';
import type { Messages } from './zh-CN.ts';

/** The messages of the language in use; changing the language changes what is on screen. */
export function useMessages(): ComputedRef<Messages> {
  return useSpoken().messages;
}
