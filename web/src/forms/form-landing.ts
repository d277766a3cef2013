import type { FormDraft } from './form-draft.ts';
import { columnsOf } from './form-tree.ts';
import type { Pieces, Spot } from './form-moves.ts';

/** A part of the screen. */
export interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Where something would land, with what shows it: a line, and the frame of what takes it in. */
export interface FormLanding {
  readonly spot: Spot;
  readonly line: { readonly top: number; readonly left: number; readonly width: number };
  readonly frame: Box;
}

interface Asked {
  readonly draft: FormDraft;
  readonly kind: Pieces['kind'];
  /** Where a page, a section, a column or an item is on the screen. */
  boxOf(id: string): Box | undefined;
}

/** Where on the form things are dropped: every place of the canvas is near some spot, so that a hand need not be exact. */
export function formLandingAt(
  point: { readonly x: number; readonly y: number },
  asked: Asked,
): FormLanding | undefined {
  const { draft, kind } = asked;
  if (kind === 'page') return within(point, asked, { id: 'canvas', parts: draft.pages }, (index) => ({ kind, index }));
  if (kind === 'section') {
    const page = nearest(point, draft.pages, asked);
    return (
      page && within(point, asked, { id: page.id, parts: page.sections }, (index) => ({ kind, page: page.id, index }))
    );
  }
  const column = nearest(
    point,
    columnsOf(draft).map((place) => place.column),
    asked,
  );
  return (
    column &&
    within(point, asked, { id: column.id, parts: column.items }, (index) => ({ kind, column: column.id, index }))
  );
}

type Named = { readonly id: string };

function nearest<T extends Named>(
  point: { x: number; y: number },
  parts: readonly T[],
  { boxOf }: Asked,
): T | undefined {
  let best: { readonly part: T; readonly distance: number } | undefined;
  for (const part of parts) {
    const box = boxOf(part.id);
    if (!box) continue;
    const distance = Math.hypot(outside(point.x, box.left, box.right), outside(point.y, box.top, box.bottom));
    if (!best || distance < best.distance) best = { part, distance };
    if (distance === 0) break;
  }
  return best?.part;
}

function outside(at: number, from: number, to: number): number {
  return Math.max(from - at, 0, at - to);
}

function within(
  { y }: { readonly y: number },
  { boxOf }: Asked,
  { id, parts }: { readonly id: string; readonly parts: readonly Named[] },
  spotAt: (index: number) => Spot,
): FormLanding | undefined {
  const frame = boxOf(id);
  if (!frame) return undefined;
  let above: Box | undefined;
  for (const [index, part] of parts.entries()) {
    const box = boxOf(part.id);
    if (!box) continue;
    if (y < (box.top + box.bottom) / 2)
      return landing(spotAt(index), frame, above ? (above.bottom + box.top) / 2 : box.top);
    above = box;
  }
  return landing(spotAt(parts.length), frame, above?.bottom ?? frame.top + 12);
}

function landing(spot: Spot, frame: Box, top: number): FormLanding {
  return { spot, frame, line: { top, left: frame.left, width: frame.right - frame.left } };
}
