import type { Section } from '../section.ts';
import { countSection } from './count-section.ts';
import { eventsSection } from './events-section.ts';
import { listsSection } from './lists-section.ts';
import { memorySection } from './memory-section.ts';
import { scaleMidnightSection } from './midnight-section.ts';
import { rebuildsSection } from './rebuilds-section.ts';
import { savesSection } from './saves-section.ts';
import { stallsSection } from './stalls-section.ts';

/** What many customers cost, in the order in which it is asked on one database. */
export const scaleSections: readonly Section[] = [
  countSection,
  listsSection,
  savesSection,
  eventsSection,
  rebuildsSection,
  stallsSection,
  scaleMidnightSection,
  memorySection,
];
