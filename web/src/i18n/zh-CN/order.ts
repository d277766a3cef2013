/** Texts of ordering by hand, in Chinese. */
export const order = {
  handle: (name: string) => `调整“${name}”的位置`,
  hint: '拖动；或按空格拿起，用上下方向键移动，回车放下，Esc 还原',
  pickedUp: (name: string, place: string, count: string) =>
    `已拿起“${name}”，第 ${place} 位，共 ${count} 项。用上下方向键移动，回车放下，Esc 还原。`,
  movedTo: (place: string, count: string) => `第 ${place} 位，共 ${count} 项`,
  dropped: (place: string, count: string) => `已放在第 ${place} 位，共 ${count} 项`,
  putBack: '已还原位置',
};
