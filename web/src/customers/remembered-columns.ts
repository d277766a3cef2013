import { readColumns, writeColumns, type ColumnChoice } from './column-choice.ts';

const storageKey = 'kequn.customer-columns';

/** The columns that were chosen last in this browser; null: none. */
export function rememberedColumns(): readonly ColumnChoice[] | null {
  return readColumns(localStorage.getItem(storageKey) ?? '');
}

/** Remembers a choice, or forgets it. */
export function rememberColumns(choice: readonly ColumnChoice[] | null): void {
  if (choice) localStorage.setItem(storageKey, writeColumns(choice));
  else localStorage.removeItem(storageKey);
}
