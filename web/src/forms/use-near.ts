import { onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef } from 'vue';

/** So far beyond the edge of the screen things are drawn already. */
const margin = '800px';
const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** True from when an element first comes near the screen: a form of hundreds of fields draws the entries of those that are seen. */
export function useNear(element: Readonly<ShallowRef<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const isNear = ref(false);
  observer ??= new IntersectionObserver(tell, { rootMargin: margin, scrollMargin: margin });
  onMounted(() => {
    if (!element.value) return;
    waiting.set(element.value, () => (isNear.value = true));
    observer?.observe(element.value);
  });
  onBeforeUnmount(() => element.value && observer?.unobserve(element.value));
  return isNear;
}

function tell(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    observer?.unobserve(target);
    waiting.get(target)?.();
  }
}
