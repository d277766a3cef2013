import {
  checkRule,
  compileTogether,
  eventTypesOf,
  scheduleRule,
  segmentsOf,
  type Moment,
  type Node,
  type Row,
  type Sentence,
} from '@kequn/rules';
import { IsNull } from 'typeorm';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { readingOfSegment, readingsOf } from '../fields/readings.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { inDependencyOrder } from './dependency-order.ts';
import { Segment } from './segment.ts';

/** The rule of an active segment, ready to run. */
export interface LiveRule {
  readonly segmentId: string;
  readonly segmentKey: string;
  readonly generationId: string;
  readonly rule: Node;
  /** What it reads of a customer, as `readingsOf` names it. */
  readonly reads: ReadonlySet<string>;
  /** The keys of the segments that it asks membership of. */
  readonly asks: ReadonlySet<string>;
  /** Whether it reads what customers did, which only Postgres holds. */
  readonly readsEvents: boolean;
  holds(row: Row, moment: Moment): boolean;
  /** When time alone next changes what it says; null where it never does. */
  nextChange(row: Row, moment: Moment): string | null;
}

/** An active segment whose stored rule is no rule of the present catalogue. */
export interface BrokenRule {
  readonly segment: Segment;
  readonly problem: Sentence;
}

/** The rules of all active segments, of one rule-set version. */
export interface LiveRules {
  /** What a rule asks membership of stands on an earlier level than the rule. */
  readonly levels: readonly (readonly LiveRule[])[];
  /** To be called before rules are asked of another row: what several of them ask is asked of it once. */
  begin(): void;
  readonly broken: readonly BrokenRule[];
  /** The key of the segment by generation, of hand-picked segments too. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The rules that read one of these, themselves or by way of the membership that they ask for, in dependency order. */
export function rulesReading(levels: LiveRules['levels'], readings: Iterable<string>): readonly LiveRule[] {
  const reached = new Set(readings);
  return levels.flat().filter(({ reads, segmentKey }) => {
    const isReached = [...reached].some((reading) => reads.has(reading));
    if (isReached) reached.add(readingOfSegment(segmentKey));
    return isReached;
  });
}

/** Loads, checks and compiles the rules of all active segments. A broken one holds for nobody: it never widens its segment. */
export const liveRules: Kept<LiveRules> = {
  name: 'live rules',
  async load(tx) {
    const { rules: catalogue } = await kept(tx, fieldCatalogue);
    const segments = await tx.manager.findBy(Segment, { status: 'ACTIVE', deletedAt: IsNull() });
    const sound: { segment: Segment; rule: Node }[] = [];
    const broken: BrokenRule[] = [];
    for (const segment of segments) {
      if (segment.rule === null) continue;
      const outcome = checkRule(segment.rule, catalogue);
      if (outcome.ok) sound.push({ segment, rule: outcome.value });
      else broken.push({ segment, problem: outcome.problems[0]!.message });
    }
    const keys = new Map(segments.map(({ generationId, key }) => [generationId ?? '', key]));
    const { begin, holds } = compileTogether(sound.map(({ rule }) => rule));
    const rules = sound.map(({ segment, rule }, index) => liveRule(segment, rule, holds[index]!));
    return { levels: inDependencyOrder(rules), begin, broken, keys };
  },
};

function liveRule(segment: Segment, rule: Node, holds: LiveRule['holds']): LiveRule {
  const { id: segmentId, key: segmentKey, generationId } = segment;
  if (generationId === null) throw new Error(`The active segment ${segmentId} has no generation`);
  return {
    segmentId,
    segmentKey,
    generationId,
    rule,
    reads: readingsOf(rule),
    asks: new Set(segmentsOf(rule).keys()),
    readsEvents: eventTypesOf(rule).size > 0,
    holds,
    nextChange: scheduleRule(rule),
  };
}
