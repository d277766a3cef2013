import type { Call, Node } from '../ast.ts';
import { ALWAYS, NEVER, type Diagram, type Diagrams } from './diagram.ts';

/** One condition of several that are joined, at any depth of brackets that change nothing. */
export interface Part {
  readonly node: Node;
  readonly path: string;
  /** When it holds; of a part of an `or` when it does not, so that every join reads as one of "and". */
  readonly holds: Diagram;
}

/** The operands of an operation, each with its place. */
export function placesOf({
  path,
  operator,
  operands,
}: Call): readonly { readonly node: Node; readonly path: string }[] {
  return operands.map((node, index) => ({ node, path: placeOf(node, index) }));
  function placeOf(node: Node, index: number): string {
    if (node.kind === 'call') return node.path;
    // `/` is a key as well as what parts a path. One operand alone may stand without its list.
    return operands.length === 1 ? path : `${path}/${operator.key.replace('/', '~1')}/${index}`;
  }
}

/** Divides parts into those that have to do with each other, directly or by others: apart, none says anything of another. */
export function related(parts: readonly Part[], diagrams: Diagrams): readonly (readonly Part[])[] {
  const leaders = new Map<number, number>();
  const leaderOf = (level: number): number => {
    const next = leaders.get(level) ?? level;
    return next === level ? level : leaderOf(next);
  };
  const leading = parts.map(({ holds }) => {
    const [first, ...others] = diagrams.levelsOf(holds);
    for (const other of first === undefined ? [] : others) leaders.set(leaderOf(other), leaderOf(first!));
    return first;
  });
  const groups = new Map<number | Part, Part[]>();
  parts.forEach((part, index) => {
    const first = leading[index];
    const key = first === undefined ? part : leaderOf(first);
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  });
  return [...groups.values()];
}

/** As few of the parts as cannot all hold, with those that are known to be among them; empty where all can. */
export function conflictOf(parts: readonly Part[], diagrams: Diagrams, known: readonly Part[] = []): readonly Part[] {
  let holds = diagrams.all(known.map((part) => part.holds));
  if (holds === NEVER) return known;
  const last = parts.findIndex((part) => {
    holds = diagrams.and(holds, part.holds);
    return holds === NEVER;
  });
  return last < 0 ? [] : conflictOf(parts.slice(0, last), diagrams, [parts[last]!, ...known]);
}

/** One part that changes nothing beside others; `other` alone is enough for that, and `isSame` if it says no more and no less. */
export interface Surplus {
  readonly part: Part;
  readonly other?: Part;
  readonly isSame?: boolean;
}

/** Parts that follow from one other part. */
export function followers(parts: readonly Part[], diagrams: Diagrams): readonly Surplus[] {
  const [found, kept] = [new Map<Part, Surplus>(), new Set<Part>()];
  for (const part of parts) {
    const other = [...kept].find(({ holds }) => diagrams.implies(holds, part.holds));
    if (other) found.set(part, { part, other, isSame: other.holds === part.holds });
    else {
      for (const each of kept) {
        if (!diagrams.implies(part.holds, each.holds)) continue;
        kept.delete(each);
        found.set(each, { part: each, other: part });
      }
      kept.add(part);
    }
  }
  return [...found.values()];
}

/** Parts that follow only from all others together. */
export function needless(parts: readonly Part[], diagrams: Diagrams): readonly Surplus[] {
  const behind = parts.map(() => ALWAYS);
  for (let index = parts.length - 2; index >= 0; index -= 1) {
    behind[index] = diagrams.and(parts[index + 1]!.holds, behind[index + 1]!);
  }
  let before = ALWAYS;
  return parts.flatMap((part, index) => {
    if (diagrams.implies(diagrams.and(before, behind[index]!), part.holds)) return [{ part }];
    before = diagrams.and(before, part.holds);
    return [];
  });
}
