import { sentence } from '../locale.ts';
import type { Containment } from './containment.ts';
import { textFaces } from './text-tests.ts';

const none = sentence('', '');

/** `in` with a text on its right: the text on its left is part of it, as it is written. */
export const inText: Containment = textFaces({
  order: 'part, text',
  holds: (text, part) => text.includes(part),
  sql: (text, part) => `strpos(${text}, ${part}) > 0`,
  portable: ([part, text]) => ({ in: [part!, text!] }),
  words: { before: sentence('包含', 'contains'), behind: none },
  negated: { before: sentence('不包含', 'does not contain'), behind: none },
});
