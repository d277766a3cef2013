import { computed, type ComputedRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { partAt, partElementId, useDesigning } from './designing.ts';

/** How a part of the canvas stands. */
export interface CanvasPart {
  readonly isSelected: ComputedRef<boolean>;
  /** What its element is bound to: how it stands, what it is called, and what pressing it does. */
  readonly attributes: ComputedRef<Readonly<Record<string, unknown>>>;
}

/** Binds a part of the canvas, by its id and its name. What changes for one part draws none of the others anew. */
export function useCanvasPart(id: () => string, name: () => string): CanvasPart {
  const t = useMessages();
  const designing = useDesigning();
  const isSelected = computed(() => designing.isSelected(id()));
  const isCurrent = computed(() => designing.isCurrent(id()));
  const isMoving = computed(() => designing.isMoving(id()));
  const isFaulty = computed(() => designing.problemsOf(id()).length > 0);

  /** Whether a part within, or a control, is meant. */
  function isMine({ target, currentTarget }: Event): boolean {
    if (!(target instanceof Element) || !(currentTarget instanceof HTMLElement)) return false;
    if (target.closest('button, input, [role=menu]')) return false;
    return target.closest('[id^=form-part-]') === currentTarget && partAt(currentTarget) !== undefined;
  }

  /** A mouse drags the part from anywhere; a finger scrolls there, and drags by the handle. */
  function press(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && isMine(event)) designing.drag(event, id());
  }

  function click(event: MouseEvent): void {
    if (!isMine(event)) return;
    const how = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
    designing.select(id(), how);
    (event.currentTarget as HTMLElement).focus({ preventScroll: true });
  }

  return {
    isSelected,
    attributes: computed(() => ({
      id: partElementId(id()),
      class: { selected: isSelected.value, moving: isMoving.value, faulty: isFaulty.value },
      role: 'group',
      'aria-label': isFaulty.value ? `${name()} ${t.value.forms.canvas.hasProblem}` : name(),
      'aria-current': isSelected.value || undefined,
      tabindex: isCurrent.value ? 0 : -1,
      onPointerdown: press,
      onClick: click,
    })),
  };
}
