import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';

/** Something that is reckoned of what changes often. */
export interface Settled<T> {
  /** As it was when the last change had been drawn. */
  readonly value: Readonly<ShallowRef<T>>;
  /** As it is, where it cannot wait. */
  readonly now: ComputedRef<T>;
}

/** Reckons once the frame is drawn that shows a change, so that what is dropped lies there first. */
export function useSettled<T>(changes: () => unknown, reckon: () => T): Settled<T> {
  const now = computed(reckon);
  const value = shallowRef(now.value);
  let frame = 0;
  let timer = 0;

  function cancel(): void {
    window.cancelAnimationFrame(frame);
    window.clearTimeout(timer);
  }

  watch(changes, () => {
    cancel();
    frame = window.requestAnimationFrame(() => {
      timer = window.setTimeout(() => (value.value = now.value));
    });
  });
  onScopeDispose(cancel);
  return { value, now };
}
