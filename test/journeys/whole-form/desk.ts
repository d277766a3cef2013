import type { Locator, Page } from '@playwright/test';
import { fieldNames, optionNames, type FieldName } from './fields.ts';
import type { Building } from './hands.ts';
import type { Words } from './words.ts';

/** Where somebody works: a page in their language, and their hands. */
export interface Desk {
  readonly page: Page;
  readonly hands: Building;
  readonly w: Words;
  readonly locale: 'zh-CN' | 'en';
}

/** What a field is called in the language of the desk. */
export function nameOf({ locale }: Pick<Desk, 'locale'>, field: FieldName): string {
  return fieldNames[field][locale === 'en' ? 1 : 0];
}

/** What an option of a field is called, by its place. */
export function optionOf({ locale }: Pick<Desk, 'locale'>, field: keyof typeof optionNames, at: 0 | 1): string {
  return optionNames[field][at][locale === 'en' ? 1 : 0];
}

/** What is set of what is selected on the canvas. */
export function settingsOf({ page, w }: Desk): Locator {
  return page.getByRole('region', { name: w.settings, exact: true });
}

/** Something of the palette. */
export function paletteOf({ page, w }: Desk, name: string): Locator {
  return page.getByRole('button', { name: w.add(name), exact: true });
}
