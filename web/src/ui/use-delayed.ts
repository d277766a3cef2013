import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** True once the source has been true for a while without a break: what is over quickly is not worth a flicker. */
export function useDelayed(source: () => boolean, milliseconds = 300): Ref<boolean> {
  const delayed = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    source,
    (on) => {
      clearTimeout(timer);
      if (on) timer = setTimeout(() => (delayed.value = true), milliseconds);
      else delayed.value = false;
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return delayed;
}
