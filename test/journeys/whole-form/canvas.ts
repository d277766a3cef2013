import type { Locator, Page } from '@playwright/test';

/** A place on the canvas: of a page, a section, a column, and in it, each counted from 1. */
export type Spot = readonly [page: number, section: number, column: number, index: number];

/** The canvas of the designer. */
export function canvasOf(page: Page): Locator {
  return page.locator('#form-canvas');
}

/** A part of the form by its name. */
export function partOf(page: Page, name: string): Locator {
  return canvasOf(page).getByRole('group', { name, exact: true });
}

/** The column of a spot. */
export function columnAt(page: Page, [inPage, inSection, column]: Spot): Locator {
  const section = canvasOf(page)
    .locator('.page')
    .nth(inPage - 1)
    .locator('.section')
    .nth(inSection - 1);
  return section.locator('.column').nth(column - 1);
}

/** The names of all items, by page, section and column. */
export async function layoutOf(page: Page): Promise<readonly (readonly (readonly (readonly string[])[])[])[]> {
  return canvasOf(page)
    .locator('.page')
    .evaluateAll((pages) => {
      const all = (within: Element, selector: string): Element[] => [...within.querySelectorAll(selector)];
      const names = (column: Element): string[] =>
        all(column, '[id^=form-part-]').map((part) => part.getAttribute('aria-label') ?? '');
      return pages.map((each) => all(each, '.section').map((section) => all(section, '.column').map(names)));
    });
}

/** Where an item stands; undefined where it stands nowhere. */
export async function spotOf(page: Page, name: string): Promise<Spot | undefined> {
  const layout = await layoutOf(page);
  for (const [p, sections] of layout.entries())
    for (const [s, columns] of sections.entries())
      for (const [c, names] of columns.entries())
        if (names.includes(name)) return [p + 1, s + 1, c + 1, names.indexOf(name) + 1];
  return undefined;
}
