import type { Chapter } from './example.ts';
import { behaviour, segments } from './examples-of-behaviour.ts';
import { comparing, logic, options, regions } from './examples-of-conditions.ts';
import { viewer } from './examples-of-the-viewer.ts';
import { time } from './examples-of-time.ts';
import { numbers, text } from './examples-of-values.ts';

/** Every operation of the language, in the order of the page. */
export const chapters: readonly Chapter[] = [
  logic,
  comparing,
  text,
  options,
  regions,
  numbers,
  time,
  behaviour,
  segments,
  viewer,
];
