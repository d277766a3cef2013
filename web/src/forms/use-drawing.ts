import { computed, onScopeDispose, ref, type ComputedRef } from 'vue';
import type { FormDraft } from './form-draft.ts';

/** So many items are drawn at once. */
const AT_ONCE = 60;

/**
 * The ids of the sections whose columns are drawn already: those at the top at once, the others frame by frame, so that a form of hundreds of fields is
 * seen before all of it is there.
 */
export function useDrawing(draft: () => FormDraft): ComputedRef<ReadonlySet<string>> {
  const drawn = ref(AT_ONCE);
  let frame = window.requestAnimationFrame(next);
  onScopeDispose(() => window.cancelAnimationFrame(frame));

  function next(): void {
    drawn.value += AT_ONCE;
    if (drawn.value < countOf(draft())) frame = window.requestAnimationFrame(next);
    else drawn.value = Infinity;
  }

  return computed(() => {
    let items = 0;
    const sections = draft().pages.flatMap((page) => page.sections);
    const shown = sections.filter(({ columns }) => {
      const before = items;
      items += columns.reduce((sum, column) => sum + column.items.length, 0);
      return before < drawn.value;
    });
    return new Set(shown.map(({ id }) => id));
  });
}

function countOf({ pages }: FormDraft): number {
  const columns = pages.flatMap(({ sections }) => sections.flatMap((section) => section.columns));
  return columns.reduce((sum, { items }) => sum + items.length, 0);
}
