import { scrollAtEdges } from './auto-scroll.ts';

/** Where a pointer is, and whether the key for copying is held. */
export interface PointerPlace {
  readonly x: number;
  readonly y: number;
  readonly copies: boolean;
}

/** What is told of a drag. */
export interface DragListener {
  moved(place: PointerPlace): void;
  dropped(): void;
  putBack(): void;
}

/** A hand that only presses trembles by less. */
const threshold = 4;

/**
 * Follows a pointer, mouse or finger, from the press of a handle until it is let go or Escape is pressed. What scrolls is scrolled at
 * its edges meanwhile: whatever the handle scrolls in, or another element that things are dragged over.
 */
export function followPointer(
  press: PointerEvent,
  handle: HTMLElement,
  listener: DragListener,
  scrolled: HTMLElement = handle,
): void {
  const listening = new AbortController();
  const { signal } = listening;
  let place: PointerPlace = { x: press.clientX, y: press.clientY, copies: press.altKey };
  let moving = false;

  const move = (change: Partial<PointerPlace>): void => {
    place = { ...place, ...change };
    moving ||= Math.hypot(place.x - press.clientX, place.y - press.clientY) > threshold;
    if (moving) listener.moved(place);
  };
  const stopScrolling = scrollAtEdges(
    scrolled,
    () => (moving ? place.y : undefined),
    () => move({}),
  );
  const end = (outcome: 'dropped' | 'putBack'): void => {
    listening.abort();
    stopScrolling();
    if (moving) listener[outcome]();
  };
  const onPointer = (type: 'pointermove' | 'pointerup' | 'pointercancel', act: (event: PointerEvent) => void): void =>
    window.addEventListener(type, (event) => event.pointerId === press.pointerId && act(event), { signal });
  const onKey = (type: 'keydown' | 'keyup'): void =>
    window.addEventListener(
      type,
      (event) => {
        if (event.key === 'Alt') move({ copies: type === 'keydown' });
        else if (event.key === 'Escape') end('putBack');
        else return;
        // Neither the browser's menu nor a drawer around it is meant.
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true, signal },
    );

  handle.setPointerCapture(press.pointerId);
  onPointer('pointermove', ({ clientX: x, clientY: y, altKey: copies }) => move({ x, y, copies }));
  onPointer('pointerup', () => end('dropped'));
  onPointer('pointercancel', () => end('putBack'));
  onKey('keydown');
  onKey('keyup');
  // A finger that rests would open the menu of the browser.
  window.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
}
