import type { Problem } from '@kequn/rules';
import { invalid, Refused } from '../platform/refused.ts';

/** Everything that stands in the way of an import, from one check after the other. */
export class FoundProblems {
  readonly #found: Problem[] = [];

  /** Whether there is anything yet. */
  get any(): boolean {
    return this.#found.length > 0;
  }

  /** Notes problems of a document. */
  add(problems: readonly Problem[]): void {
    this.#found.push(...problems);
  }

  /**
   * Runs a check that refuses, and notes instead what it refuses for, but for what is told already.
   *
   * @throws {Refused} where it refuses for no single part of what was sent.
   */
  async of(
    at: string,
    check: () => Promise<unknown>,
    hides: (problem: Problem) => boolean = () => false,
  ): Promise<void> {
    try {
      await check();
    } catch (error) {
      const issues = error instanceof Refused ? error.details.issues : undefined;
      if (!issues) throw error;
      this.add(issues.filter((issue) => !hides(issue)).map((issue) => ({ ...issue, path: at + issue.path })));
    }
  }

  /** @throws {Refused} VALIDATION_FAILED with all of it. */
  refuseIfAny(): void {
    if (this.any) throw invalid(this.#found);
  }
}
