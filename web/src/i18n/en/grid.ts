import type { Messages } from '../zh-CN.ts';

/** Texts of tables, in English. */
export const grid: Messages['grid'] = {
  selectAll: 'Select all that are loaded',
  selectRow: (name) => `Select ${name}`,
  hint: 'Arrow keys move between cells, Alt+↓ opens the menu of the column, Shift+Alt+← → changes its width.',
  menu: (column) => `Column “${column}”`,
  acts: {
    ascending: 'Ascending',
    descending: 'Descending',
    none: 'Not sorted',
    pin: 'Keep at the left',
    unpin: 'Let go from the left',
    left: 'Move left',
    right: 'Move right',
    wider: 'Wider (Shift+Alt+→)',
    narrower: 'Narrower (Shift+Alt+←)',
    hide: 'Hide this column',
  },
  copied: 'Copied',
  isWide: (column, pixels) => `“${column}” is ${pixels} pixels wide`,
  isPinned: (column) => `“${column}” stays at the left`,
  isLoose: (column) => `“${column}” does not stay at the left any more`,
  isHidden: (column) => `“${column}” is hidden`,
};
