import { readonly, ref, type Ref } from 'vue';

const latest = ref('');

/** What was announced last; `LiveRegion` holds it on the page. */
export const announcement: Readonly<Ref<string>> = readonly(latest);

/** Tells users of screen readers what has just happened. */
export function announce(message: string): void {
  // The same text twice is no change and would stay unspoken; an invisible ending makes it one.
  latest.value = message === latest.value ? `${message}\u00a0` : message;
}
