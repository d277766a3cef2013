/** One column of a grid. */
export interface GridColumn {
  readonly key: string;
  readonly label: string;
  /** In pixels. */
  readonly width: number;
  /** Stays in sight at the left. */
  readonly pinned: boolean;
  readonly sortable: boolean;
  readonly numeric: boolean;
}

/** What a reader does to the columns of a grid; a moved one takes the place of another, and is pinned if that is. */
export type GridChange =
  | { readonly kind: 'WIDTH'; readonly key: string; readonly width: number }
  | { readonly kind: 'PIN'; readonly key: string; readonly pinned: boolean }
  | { readonly kind: 'MOVE'; readonly key: string; readonly to: string }
  | { readonly kind: 'HIDE'; readonly key: string };

/** Pixels by which a key or the menu makes a column wider or narrower. */
export const widthStep = 16;
