import type { Locator, Page } from '@playwright/test';
import { dragOver } from '../dragging.ts';
import { choose, expect } from '../journey.ts';
import { canvasOf, columnAt, partOf, spotOf, type Spot } from './canvas.ts';
import type { Building } from './hands.ts';
import type { Words } from './words.ts';

/** Works with a real mouse, and types. */
export function byMouse(page: Page, w: Words): Building {
  const press = (target: Locator): Promise<void> => target.click();
  const dragTo = async (from: Locator, target: Locator, part: number): Promise<void> => {
    await dragOver(page, from, target, part);
    await expect(page.locator('.line[aria-hidden]')).toBeVisible();
    await page.mouse.up();
  };
  const drop = async (from: Locator, spot: Spot): Promise<void> => {
    const items = columnAt(page, spot).locator('[id^=form-part-]');
    const [count, index] = [await items.count(), spot[3]];
    if (index <= count) await dragTo(from, items.nth(index - 1), 0.1);
    else if (count > 0) await dragTo(from, items.nth(count - 1), 0.9);
    else await dragTo(from, columnAt(page, spot), 0.5);
  };
  const select = (name: string): Promise<void> => partOf(page, name).click({ position: { x: 20, y: 12 } });

  return {
    press,
    async write(entry, text) {
      await entry.click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async select(list, option) {
      await list.selectOption({ label: option });
    },
    enterDay: (entry) => entry.fill('1990-05-06'),
    choose: (box, option) => choose(page, box, option),
    async seek(box, option) {
      await box.click();
      await page.keyboard.type(option);
      await page.getByRole('option').filter({ visible: true, hasText: option }).click();
    },
    tick: press,
    choosePill: (group, name) => group.getByText(name, { exact: true }).click(),
    openRow: (grid, name) => grid.getByRole('link', { name, exact: true }).click(),
    rate: (group, stars) =>
      group
        .getByText('☆')
        .nth(stars - 1)
        .click(),
    async put(part, name, spot, meanwhile) {
      await drop(part, spot);
      await meanwhile?.();
      await expect.poll(() => spotOf(page, name)).toEqual(spot);
    },
    async extend(part, name) {
      await dragTo(part, canvasOf(page).locator('.page').last(), 0.95);
      await expect(partOf(page, name).last()).toBeVisible();
    },
    async carry(name, spot) {
      await drop(partOf(page, name), spot);
      await expect.poll(() => spotOf(page, name)).toEqual(spot);
    },
    set: select,
    async carryBoth(first, second, spot) {
      await select(first);
      await page.keyboard.down('Control');
      await select(second);
      await page.keyboard.up('Control');
      await drop(partOf(page, second), spot);
      await expect.poll(() => spotOf(page, first)).toEqual(spot);
    },
    step: (direction) => press(page.getByRole('button', { name: w[direction], exact: true })),
    async remove(name) {
      await select(name);
      await press(page.getByRole('button', { name: w.menu(name), exact: true }));
      await press(page.getByRole('menuitem', { name: w.remove }));
    },
  };
}
