/** One column of a grid. */
export interface GridColumn {
  readonly key: string;
  readonly label: string;
  readonly width: number;
  readonly pinned: boolean;
  readonly sortable: boolean;
  readonly numeric: boolean;
}
