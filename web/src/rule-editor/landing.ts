import type { Group, Item } from './draft.ts';
import type { Landing, Spot } from './moves.ts';

/** How high an item stands on the screen. */
export interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** So near the upper or lower edge of a group, what is dragged lands beside the group and not in it. */
const groupEdge = 12;

/** Where on the screen things are dropped: every height is some place, so that a hand need not be exact. */
export function landingAt(
  y: number,
  { root, dragged, extentOf }: { root: Group; dragged: Item; extentOf: (id: string) => Extent | undefined },
): Landing {
  function within(group: Group): Landing {
    for (const [index, item] of group.items.entries()) {
      const extent = extentOf(item.id);
      if (!extent || y >= extent.bottom) continue;
      return y < extent.top ? spot(group, index) : over(group, index, item, extent);
    }
    return spot(group, group.items.length);
  }

  function over(group: Group, index: number, item: Item, { top, bottom }: Extent): Landing {
    const part = (y - top) / (bottom - top);
    const nearer = spot(group, part < 0.5 ? index : index + 1);
    if (item.id === dragged.id) return nearer;
    if (item.kind === 'group') {
      const edge = Math.min(groupEdge, (bottom - top) / 4);
      return y < top + edge || y > bottom - edge ? nearer : within(item);
    }
    return dragged.kind !== 'group' && part > 0.3 && part < 0.7 ? { kind: 'onto', condition: item.id } : nearer;
  }

  return within(root);
}

function spot(group: Group, index: number): Spot {
  return { kind: 'spot', group: group.id, index };
}
