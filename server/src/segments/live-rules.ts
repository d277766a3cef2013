import {
  checkRule,
  compileRule,
  fieldsOf,
  readsClock,
  type Moment,
  type Node,
  type Row,
  type Sentence,
} from '@kequn/rules';
import { IsNull } from 'typeorm';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { Segment } from './segment.ts';

/** The rule of an active segment, ready to run. */
export interface LiveRule {
  readonly segmentId: string;
  readonly generationId: string;
  /** The keys of the fields that it reads. */
  readonly reads: ReadonlySet<string>;
  /** Whether time alone can change what it says. */
  readonly readsClock: boolean;
  holds(row: Row, moment: Moment): boolean;
}

/** An active segment whose stored rule is no rule of the present catalogue. */
export interface BrokenRule {
  readonly segment: Segment;
  readonly problem: Sentence;
}

/** The rules of all active segments, of one rule-set version. */
export interface LiveRules {
  readonly rules: readonly LiveRule[];
  readonly broken: readonly BrokenRule[];
}

/** Loads, checks and compiles the rules of all active segments. A broken one holds for nobody: it never widens its segment. */
export const liveRules: Kept<LiveRules> = {
  name: 'live rules',
  async load(tx) {
    const { rules: catalogue } = await kept(tx, fieldCatalogue);
    const segments = await tx.manager.findBy(Segment, { status: 'ACTIVE', deletedAt: IsNull() });
    const rules: LiveRule[] = [];
    const broken: BrokenRule[] = [];
    for (const segment of segments) {
      if (segment.rule === null) continue;
      const outcome = checkRule(segment.rule, catalogue);
      if (outcome.ok) rules.push(liveRule(segment, outcome.value));
      else broken.push({ segment, problem: outcome.problems[0]!.message });
    }
    return { rules, broken };
  },
};

function liveRule(segment: Segment, rule: Node): LiveRule {
  if (segment.generationId === null) throw new Error(`The active segment ${segment.id} has no generation`);
  const { id: segmentId, generationId } = segment;
  return { segmentId, generationId, reads: fieldsOf(rule), readsClock: readsClock(rule), holds: compileRule(rule) };
}
