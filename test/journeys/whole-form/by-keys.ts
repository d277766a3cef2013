import type { Locator, Page } from '@playwright/test';
import { expect, pick, walkTo } from '../journey.ts';
import { canvasOf, partOf, spotOf, type Spot } from './canvas.ts';
import type { Building } from './hands.ts';
import type { Words } from './words.ts';

/** From now on a page reports an error as soon as something on it is pointed at. */
export async function forbidMouse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const forbid = ({ type }: Event): void => {
      throw new Error(`Without a mouse there is no ${type}`);
    };
    for (const kind of ['pointerdown', 'pointermove', 'wheel']) window.addEventListener(kind, forbid, true);
  });
}

/** Goes to a control by Tab, backwards where it stands before. */
async function go(page: Page, target: Locator): Promise<void> {
  const isBefore = await target.evaluate(
    (element) =>
      document.activeElement !== null &&
      document.activeElement !== document.body &&
      (document.activeElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
  );
  if (!isBefore) return walkTo(page, target);
  for (let step = 0; step < 80; step++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press('Shift+Tab');
  }
  throw new Error(`Not reached by Shift+Tab: ${target}`);
}

/** The key that takes what is held a step nearer to a spot. */
function keyTowards(at: Spot, to: Spot): string | undefined {
  const [ahead, sideways, within] = [(at[0] - to[0]) * 100 + at[1] - to[1], at[2] - to[2], at[3] - to[3]];
  if (ahead !== 0) return ahead < 0 ? 'ArrowDown' : 'ArrowUp';
  if (sideways !== 0) return sideways < 0 ? 'ArrowRight' : 'ArrowLeft';
  if (within !== 0) return within < 0 ? 'ArrowDown' : 'ArrowUp';
  return undefined;
}

/** Works by keys alone, and hears what is announced. */
export function byKeys(page: Page, w: Words): Building {
  const keys = async (...pressed: readonly string[]): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  const hear = (words: string | RegExp): Promise<void> => expect(page.getByText(words).last()).toBeAttached();
  const press = async (target: Locator): Promise<void> => {
    await go(page, target);
    await keys('Enter');
  };

  /** How many parts further, in reading order, a part stands than the one that has the focus; undefined outside of the canvas. */
  const distanceTo = (part: Locator): Promise<number | null> =>
    part.evaluate((element) => {
      const parts = [...document.querySelectorAll('#form-canvas [id^=form-part-]')];
      const at = parts.findIndex((each) => each === document.activeElement);
      return at === -1 ? null : parts.indexOf(element) - at;
    });
  const focus = async (name: string): Promise<void> => {
    const part = partOf(page, name);
    if ((await distanceTo(part)) === null) await go(page, canvasOf(page).locator('[id^=form-part-][tabindex="0"]'));
    // From what stands within a part one gets to it by Tab only: its keys are those of the control.
    for (let step = 0; step < 20 && (await distanceTo(part)) === null; step++) await keys('Shift+Tab');
    const distance = (await distanceTo(part)) ?? 0;
    for (let step = 0; step < Math.abs(distance); step++) await keys(distance > 0 ? 'ArrowDown' : 'ArrowUp');
    await expect(part).toBeFocused();
  };
  /** What has the focus goes there, with what is selected beside it; the name is that of the first of them. */
  const carry = async (name: string, spot: Spot): Promise<void> => {
    await keys('Space');
    await hear(w.pickedUp(name));
    for (let step = 0; step < 40; step++) {
      const at = (await spotOf(page, name)) ?? spot;
      const key = keyTowards(at, spot);
      if (key === undefined) break;
      await keys(key);
      await expect.poll(() => spotOf(page, name)).not.toEqual(at);
    }
    await keys('Enter');
    await hear(w.dropped);
    await expect.poll(() => spotOf(page, name)).toEqual(spot);
  };

  return {
    press,
    async write(entry, text) {
      await go(page, entry);
      await keys('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async select(list, option) {
      await go(page, list);
      const chosen = list.locator('option:checked');
      for (let step = 0; step < 20 && (await chosen.innerText()) !== option; step++) await keys('ArrowDown');
      await expect(chosen).toHaveText(option);
    },
    async enterDay(entry) {
      await go(page, entry);
      // In which order it asks for day, month and year is the browser's own business.
      await keys('ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp');
      await expect(entry).not.toHaveValue('');
    },
    async choose(box, option) {
      await go(page, box);
      await pick(page, box, option, 'keyboard');
    },
    async seek(box, option) {
      await go(page, box);
      await page.keyboard.type(option);
      await expect(page.getByRole('option').filter({ visible: true })).toHaveText([new RegExp(`^${option}`)]);
      await keys('ArrowDown', 'Enter');
    },
    async tick(box) {
      await go(page, box);
      await keys('Space');
    },
    async choosePill(group, name) {
      await go(page, group);
      const pill = group.getByRole('radio', { name, exact: true });
      for (let step = 0; step < 6 && !(await pill.isChecked()); step++) await keys('ArrowRight');
      await expect(pill).toBeChecked();
    },
    async openRow(grid, name) {
      await go(page, grid);
      const isThere = (): Promise<boolean> =>
        grid.evaluate((frame, text) => {
          const cell = document.getElementById(frame.getAttribute('aria-activedescendant') ?? '');
          return cell?.closest('[role=row]')?.textContent.includes(text) ?? false;
        }, name);
      for (let step = 0; step < 10 && !(await isThere()); step++) await keys('ArrowDown');
      await keys('Enter');
    },
    async rate(group, stars) {
      await go(page, group);
      await keys('Space', ...Array.from({ length: stars - 1 }, () => 'ArrowRight'));
    },
    async put(part, name, spot, meanwhile) {
      await press(part);
      await meanwhile?.();
      await expect(partOf(page, name)).toBeFocused();
      await hear(w.added);
      await carry(name, spot);
    },
    async extend(part, name) {
      await press(part);
      await expect(partOf(page, name).last()).toBeFocused();
    },
    async carry(name, spot) {
      await focus(name);
      await carry(name, spot);
    },
    async set(name) {
      await focus(name);
      await keys('Enter');
    },
    async carryBoth(first, second, spot) {
      await focus(first);
      await keys('Shift+ArrowDown');
      await expect(partOf(page, second)).toBeFocused();
      await carry(first, spot);
      await expect(partOf(page, second)).toBeFocused();
    },
    async step(direction) {
      await keys(direction === 'undo' ? 'Control+z' : 'Control+Shift+z');
      await hear(w.stepped[direction]);
    },
    async remove(name) {
      await focus(name);
      await keys('Delete');
      await hear(w.removed(name));
    },
  };
}
