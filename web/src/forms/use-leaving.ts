import { onMounted, onScopeDispose } from 'vue';

/**
 * Tells that a field was left, but not between the press of a button and its release: what is told below a field moves what stands under it, and
 * the release would miss the button.
 */
export function useLeaving(left: (keys: readonly string[]) => void): (key: string) => void {
  const waiting = new Set<string>();
  const listening = new AbortController();
  let isPressing = false;

  function release(): void {
    // The click comes after the release.
    window.setTimeout(() => {
      isPressing = false;
      if (waiting.size > 0) left([...waiting]);
      waiting.clear();
    });
  }

  onMounted(() => {
    const options = { capture: true, signal: listening.signal };
    window.addEventListener('pointerdown', () => (isPressing = true), options);
    for (const ended of ['pointerup', 'pointercancel']) window.addEventListener(ended, release, options);
  });
  onScopeDispose(() => listening.abort());

  return (key) => {
    if (isPressing) waiting.add(key);
    else left([key]);
  };
}
