import type { BenchServer } from './bench-database.ts';

/** What the sections of one run share. */
export interface Stage {
  /** How many customers were asked for. */
  readonly count: number;
  /** A server with so many customers, filled when the first section asks for it. */
  filled(): Promise<BenchServer>;
}

/** A part of the bench, which can be asked for by its name. */
export interface Section {
  readonly name: string;
  readonly about: string;
  /** Gives the rows of its table. */
  run(stage: Stage): Promise<readonly object[]>;
}
