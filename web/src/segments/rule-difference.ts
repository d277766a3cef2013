import { checkRule, fieldsOf, sayRule, type Catalogue, type Json, type Reader, type Rule } from '@kequn/rules';

/** What became of the conditions of a rule, each told as a sentence. */
export interface RuleDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Of the same field before and after. */
  readonly changed: readonly { readonly before: string; readonly after: string }[];
  /** What stayed is joined otherwise: in other groups, or by “any” instead of “all”. */
  readonly regrouped: boolean;
}

/** By what conditions are told. */
export interface Telling {
  readonly catalogue: Catalogue;
  readonly reader: Reader;
  /** What is said of a condition that names what is gone. */
  readonly untold: string;
}

/** Compares two rules by the sentences of their conditions; the order in which they stand does not matter. */
export function ruleDifference(before: Rule, after: Rule, telling: Telling): RuleDifference {
  const [was, is] = [grow(before, telling), grow(after, telling)];
  const kept = match(leavesOf(was), leavesOf(is), (a, b) => a.identity === b.identity);
  const changed = match(kept.onlyBefore, kept.onlyAfter, (a, b) => a.field !== undefined && a.field === b.field);
  const pairs = [...kept.pairs, ...changed.pairs];
  return {
    added: changed.onlyAfter.map(({ words }) => words),
    removed: changed.onlyBefore.map(({ words }) => words),
    changed: changed.pairs.map(([a, b]) => ({ before: a.words, after: b.words })),
    regrouped: skeleton(was, numbers(pairs.map(([a]) => a))) !== skeleton(is, numbers(pairs.map(([, b]) => b))),
  };
}

/** One condition. */
interface Leaf {
  readonly words: string;
  /** Alike for conditions that say the same. */
  readonly identity: string;
  /** What it asks of a customer first. */
  readonly field: string | undefined;
}

/** Conditions that count as one. */
interface Branch {
  readonly join: 'and' | 'or' | '!';
  readonly items: readonly Tree[];
}

type Tree = Leaf | Branch;

function grow(rule: Rule, telling: Telling): Tree {
  const [join, operands] = joined(rule) ?? [];
  if (!join || !operands) return leaf(rule, telling);
  const items = operands.map((operand) => grow(operand, telling));
  // A condition that is turned round is told as one.
  return join === '!' && !items.some(isBranch) ? leaf(rule, telling) : { join, items };
}

function joined(rule: Rule): readonly [Branch['join'], readonly Rule[]] | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined;
  const [entry] = Object.entries(rule as Readonly<Record<string, Json>>);
  if (!entry || !(entry[0] === 'and' || entry[0] === 'or' || entry[0] === '!')) return undefined;
  return [entry[0], Array.isArray(entry[1]) ? (entry[1] as readonly Rule[]) : [entry[1]]];
}

function leaf(rule: Rule, { catalogue, reader, untold }: Telling): Leaf {
  const checked = checkRule(rule, catalogue);
  if (!checked.ok) return { words: untold, identity: JSON.stringify(rule), field: undefined };
  const words = sayRule(checked.value, reader);
  return { words, identity: words, field: [...fieldsOf(checked.value)][0] };
}

function isBranch(tree: Tree): tree is Branch {
  return 'join' in tree;
}

function leavesOf(tree: Tree): readonly Leaf[] {
  return isBranch(tree) ? tree.items.flatMap(leavesOf) : [tree];
}

/** Pairs what belongs together, each once and in reading order; and what is left over on either side. */
function match(before: readonly Leaf[], after: readonly Leaf[], belong: (a: Leaf, b: Leaf) => boolean) {
  const left = [...after];
  const pairs: (readonly [Leaf, Leaf])[] = [];
  const onlyBefore = before.filter((a) => {
    const at = left.findIndex((b) => belong(a, b));
    if (at !== -1) pairs.push([a, ...left.splice(at, 1)] as [Leaf, Leaf]);
    return at === -1;
  });
  return { pairs, onlyBefore, onlyAfter: left };
}

function numbers(leaves: readonly Leaf[]): ReadonlyMap<Leaf, number> {
  return new Map(leaves.map((each, at) => [each, at]));
}

/** How the numbered conditions are joined, whatever stands between them; empty where there is none of them. */
function skeleton(tree: Tree, numbered: ReadonlyMap<Leaf, number>): string {
  if (!isBranch(tree)) return String(numbered.get(tree) ?? '');
  const parts = partsOf(tree, numbered).toSorted();
  if (parts.length === 0 || (parts.length === 1 && tree.join !== '!')) return parts.join();
  return `${tree.join}(${parts.join()})`;
}

/** A group within one that is joined alike changes nothing. */
function partsOf({ join, items }: Branch, numbered: ReadonlyMap<Leaf, number>): readonly string[] {
  const parts = items.flatMap((item) =>
    isBranch(item) && item.join === join && join !== '!' ? partsOf(item, numbered) : skeleton(item, numbered),
  );
  return parts.filter((part) => part !== '');
}
