/** The colours that options are told apart by, as a dot beside their label; each stands out from the pages of both themes. */
export const optionColors = {
  red: '#d64545',
  orange: '#c9701c',
  yellow: '#a67f00',
  green: '#2f9e5f',
  teal: '#1f9aa0',
  blue: '#3b82d6',
  indigo: '#6b74e0',
  purple: '#a259d9',
  pink: '#d1559a',
  grey: '#7d8896',
} as const;

/** The name of one of them. */
export type OptionColor = keyof typeof optionColors;
