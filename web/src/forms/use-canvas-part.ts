import { computed, type ComputedRef } from 'vue';
import { partAt, useDesigning } from './designing.ts';
import type { PartProblem } from './form-problems.ts';

/** How a part of the canvas stands, and what pressing it does. */
export interface CanvasPart {
  readonly isSelected: ComputedRef<boolean>;
  readonly isCurrent: ComputedRef<boolean>;
  readonly isMoving: ComputedRef<boolean>;
  readonly problems: ComputedRef<readonly PartProblem[]>;
  /** A mouse drags the part from anywhere; a finger scrolls there, and drags by the handle. */
  press(event: PointerEvent): void;
  click(event: MouseEvent): void;
}

/** Binds a part of the canvas. What changes for one part draws none of the others anew. */
export function useCanvasPart(id: () => string): CanvasPart {
  const designing = useDesigning();

  /** Whether a part within, or a control, is meant. */
  function isMine({ target, currentTarget }: Event): boolean {
    if (!(target instanceof Element) || !(currentTarget instanceof HTMLElement)) return false;
    if (target.closest('button, input, [role=menu]')) return false;
    return target.closest('[id^=form-part-]') === currentTarget && partAt(currentTarget) !== undefined;
  }

  return {
    isSelected: computed(() => designing.isSelected(id())),
    isCurrent: computed(() => designing.isCurrent(id())),
    isMoving: computed(() => designing.isMoving(id())),
    problems: computed(() => designing.problemsOf(id())),
    press(event) {
      if (event.pointerType === 'mouse' && isMine(event)) designing.drag(event, id());
    },
    click(event) {
      if (!isMine(event)) return;
      const how = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
      designing.select(id(), how);
      (event.currentTarget as HTMLElement).focus({ preventScroll: true });
    },
  };
}
