import { timedMidnight } from '../midnight-section.ts';
import type { Section } from '../section.ts';
import { clearSegments } from './live-segments.ts';
import { callsRow } from './scale-row.ts';

/** Everybody leaves a segment at one midnight. */
export const scaleMidnightSection: Section = {
  name: 'scale-midnight',
  about: 'everybody leaves a segment at midnight, with history and outbox',
  async run({ filled }) {
    const server = await filled();
    await clearSegments(server);
    const { byHand, swept } = await timedMidnight(server);
    await clearSegments(server);
    return [callsRow(swept, byHand, '≤ 60 s at 1,000,000')];
  },
};
