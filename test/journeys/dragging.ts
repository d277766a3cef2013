import type { Locator, Page } from '@playwright/test';

/** Where an element is on the screen, in pixels, scrolled to; fails for what is not drawn. */
export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('Not on screen');
  return box;
}

/** Presses something and moves the mouse to a part of another's height. */
export async function dragOver(page: Page, from: Locator, target: Locator, part: number): Promise<void> {
  const start = await boxOf(from);
  await page.mouse.move(start.x + 30, start.y + 12);
  await page.mouse.down();
  // On the way past an edge the canvas scrolls by itself; a hand follows what it aims at.
  for (const steps of [12, 2]) {
    const end = await boxOf(target);
    await page.mouse.move(end.x + end.width / 2, end.y + end.height * part, { steps });
  }
}
