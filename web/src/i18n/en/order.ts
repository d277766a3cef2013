import type { Messages } from '../zh-CN.ts';

/** Texts of ordering by hand, in English. */
export const order: Messages['order'] = {
  handle: (name) => `Move “${name}”`,
  hint: 'Drag; or press Space to pick up, arrows to move, Enter to drop, Escape to put back',
  pickedUp: (name, place, count) =>
    `Picked up “${name}”, place ${place} of ${count}. Arrows move, Enter drops, Escape puts back.`,
  movedTo: (place, count) => `Place ${place} of ${count}`,
  dropped: (place, count) => `Dropped at place ${place} of ${count}`,
  putBack: 'Put back',
};
