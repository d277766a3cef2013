import { ref } from 'vue';

/** What the heads of a grid do while one of them is dragged. */
export interface HeadDrag {
  start(event: DragEvent, index: number): void;
  over(event: DragEvent, index: number): void;
  drop(event: DragEvent, index: number): void;
  end(): void;
  /** At which side of a head the dragged one would land. */
  sideOf(index: number): 'before' | 'after' | undefined;
}

/** Moves columns by dragging their heads with the mouse; tells from which place to which. Touch and keyboard have the menu. */
export function useHeadDrag(move: (from: number, to: number) => void): HeadDrag {
  const from = ref<number>();
  const to = ref<number>();

  function end(): void {
    from.value = undefined;
    to.value = undefined;
  }

  return {
    start(event, index) {
      // Firefox drags only what carries data.
      event.dataTransfer?.setData('text/plain', '');
      from.value = index;
    },
    over(event, index) {
      if (from.value === undefined) return;
      event.preventDefault();
      to.value = index;
    },
    drop(event, index) {
      if (from.value === undefined) return;
      event.preventDefault();
      if (from.value !== index) move(from.value, index);
      end();
    },
    end,
    sideOf(index) {
      if (from.value === undefined || to.value !== index || from.value === index) return undefined;
      return from.value < index ? 'after' : 'before';
    },
  };
}
