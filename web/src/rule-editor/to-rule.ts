import type { Rule } from '@kequn/rules';
import type { Draft, Group, Item, Line } from './draft.ts';
import { writeComparison } from './operators.ts';
import { writeSubject, writeValues } from './subjects.ts';

/** A draft as the rule that is sent, and where in it each item stands. */
export interface Written {
  /** Null while no condition is complete. */
  readonly rule: Rule | null;
  /** JSON Pointer into the rule by the id of the item; what is not sent has none. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Writes the complete conditions of a draft; incomplete and disabled ones, and groups that hold no others, are left out. */
export function toRule({ root, bare }: Draft, isReady: (line: Line) => boolean): Written {
  const paths = new Map<string, string>();
  const writable = root.items.filter((item) => isWritable(item, isReady));
  const [only, ...others] = writable;
  if (!only) return { rule: null, paths };
  const alone = bare && root.match === 'ALL' && others.length === 0;
  const rule = alone ? write(only, '', { isReady, paths }) : write(root, '', { isReady, paths });
  return { rule, paths };
}

/** A complete line as a condition. */
export function writeLine({ subject, operator, values }: Line): Rule | null {
  return subject && writeComparison(writeSubject(subject), { operator, values: writeValues(subject, values) });
}

interface Writing {
  readonly isReady: (line: Line) => boolean;
  readonly paths: Map<string, string>;
}

function isWritable(item: Item, isReady: (line: Line) => boolean): boolean {
  if (item.disabled) return false;
  if (item.kind === 'line') return isReady(item);
  return item.kind === 'verbatim' || item.items.some((inner) => isWritable(inner, isReady));
}

function write(item: Item, path: string, writing: Writing): Rule {
  writing.paths.set(item.id, path);
  if (item.kind === 'line') return writeLine(item);
  return item.kind === 'verbatim' ? item.rule : writeGroup(item, path, writing);
}

function writeGroup({ match, items }: Group, path: string, writing: Writing): Rule {
  const within = { ALL: `${path}/and`, ANY: `${path}/or`, NONE: `${path}/!/0/or` }[match];
  const written = items
    .filter((item) => isWritable(item, writing.isReady))
    .map((item, index) => write(item, `${within}/${index}`, writing));
  if (match === 'NONE') return { '!': [{ or: written }] };
  return match === 'ALL' ? { and: written } : { or: written };
}
