/** The widths in which a form can be looked at. */
export const screenWidths = ['desktop', 'tablet', 'phone'] as const;

/** How wide the screen is on which a form is imagined. */
export type ScreenWidth = (typeof screenWidths)[number];
