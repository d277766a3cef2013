import { onBeforeUnmount, onMounted } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';
import { useMessages } from '../i18n/use-messages.ts';
import { confirmed } from './confirm.ts';

/** Asks whether to discard what is not saved. */
export function useDiscardQuestion(): () => Promise<boolean> {
  const t = useMessages();
  return () => {
    const { title, message, confirm, stay } = t.value.leave;
    return confirmed({ title, message, confirm, cancel: stay });
  };
}

/**
 * Keeps the reader from losing what is not saved: asks before another page is opened, this one is closed, or reloaded. A part that
 * another address of the same page takes away asks before that too.
 */
export function useLeaveGuard(unsaved: () => boolean, { partOfPage = false } = {}): void {
  const mayDiscard = useDiscardQuestion();
  const beforeUnload = (event: BeforeUnloadEvent): void => {
    if (unsaved()) event.preventDefault();
  };
  onMounted(() => window.addEventListener('beforeunload', beforeUnload));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', beforeUnload));
  const mayLeave = async (): Promise<boolean> => !unsaved() || (await mayDiscard());
  onBeforeRouteLeave(mayLeave);
  if (partOfPage) onBeforeRouteUpdate(mayLeave);
}
