import type { Locator } from '@playwright/test';
import type { Spot } from './canvas.ts';

/** How somebody works with a page: the same acts by whichever way they get about. */
export interface Hands {
  press(target: Locator): Promise<void>;
  /** Writes into an entry, in place of what stands there. */
  write(entry: Locator, text: string): Promise<void>;
  /** Chooses from a list that the browser itself shows. */
  select(list: Locator, option: string): Promise<void>;
  /** Enters a day, by the calendar that the browser itself shows: whichever that is. */
  enterDay(entry: Locator): Promise<void>;
  /** Chooses from a list that opens. */
  choose(box: Locator, option: string): Promise<void>;
  /** Finds something in a list by typing what it is called, and chooses it. */
  seek(box: Locator, option: string): Promise<void>;
  /** Ticks a box. */
  tick(box: Locator): Promise<void>;
  /** Chooses one of a few that stand side by side. */
  choosePill(group: Locator, name: string): Promise<void>;
  /** Opens the row of a grid in which something stands. */
  openRow(grid: Locator, name: string): Promise<void>;
  /** Gives so many stars. */
  rate(group: Locator, stars: number): Promise<void>;
}

/** How somebody builds a form: what stands on the canvas is taken there and about. */
export interface Building extends Hands {
  /** Takes something of the palette to a spot; meanwhile tells what is asked for. Ends once it stands there. */
  put(part: Locator, name: string, spot: Spot, meanwhile?: () => Promise<void>): Promise<void>;
  /** Adds a page, or a section to the page that is selected, at the end. */
  extend(part: Locator, name: string): Promise<void>;
  /** Moves an item. */
  carry(name: string, spot: Spot): Promise<void>;
  /** Moves two items together that stand one below the other; the first of them comes to the spot. */
  carryBoth(first: string, second: string, spot: Spot): Promise<void>;
  /** Selects a part, and goes to what can be set of it. */
  set(name: string): Promise<void>;
  step(direction: 'undo' | 'redo'): Promise<void>;
  remove(name: string): Promise<void>;
}
