import { computed, type ComputedRef } from 'vue';
import { currentMessages } from './locale.ts';
import type { Messages } from './zh-CN.ts';

/** The messages of the language in use; changing the language changes what is on screen. */
export function useMessages(): ComputedRef<Messages> {
  return computed(currentMessages);
}
