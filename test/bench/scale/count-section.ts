import { timedCounts } from '../preview-section.ts';
import type { Section } from '../section.ts';
import { callsRow } from './scale-row.ts';

/** The live count of the rule editor, estimated and exact. */
export const countSection: Section = {
  name: 'scale-count',
  about: 'the count beside the rule editor, of a rule of eight conditions',
  async run({ filled }) {
    const [byHand, ...ways] = await timedCounts(await filled());
    return ways.map(({ timings, goal }) => callsRow(timings, byHand!.timings, goal));
  },
};
