/** So near the edge of what scrolls, it scrolls. */
const edge = 56;
/** Pixels for each frame, right at the edge. */
const fastest = 14;

/**
 * Scrolls whatever an element scrolls in, page or drawer, while a pointer is near its upper or lower edge, and tells that it did.
 * Gives back what ends it.
 */
export function scrollAtEdges(
  element: HTMLElement,
  pointer: () => number | undefined,
  scrolled: () => void,
): () => void {
  const scroller = scrollerOf(element);
  const step = (): void => {
    const before = scroller.scrollTop;
    scroller.scrollTop += speedAt(pointer(), scroller);
    if (scroller.scrollTop !== before) scrolled();
    frame = requestAnimationFrame(step);
  };
  let frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}

function scrollerOf(element: HTMLElement): Element {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(around).overflowY);
    if (scrolls && around.scrollHeight > around.clientHeight) return around;
  }
  return document.documentElement;
}

function speedAt(y: number | undefined, scroller: Element): number {
  if (y === undefined) return 0;
  const box = scroller.getBoundingClientRect();
  const [top, bottom] = [Math.max(0, box.top), Math.min(window.innerHeight, box.bottom)];
  const into = Math.max(top + edge - y, 0) - Math.max(y - bottom + edge, 0);
  return -Math.round((fastest * Math.max(-edge, Math.min(edge, into))) / edge);
}
