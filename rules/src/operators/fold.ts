import type { CheckScope, Node, Operator } from '../ast.ts';
import type { Row, Rule, Value } from '../json.ts';
import { sentence, type Sentence } from '../locale.ts';
import { nodeToSql } from '../sql.ts';
import { sayNode } from '../text.ts';
import type { Ordering } from '../types/value-type.ts';
import { valueTypes } from '../types/index.ts';
import { checkEvents, checkProperty, compileEvents, eventsToPortable, eventsToSql, listOf } from './event-list.ts';

/** A property in Postgres, and the two senses of the order of events. */
export interface FoldedInSql {
  readonly value: string;
  readonly property: Node;
  readonly forwards: string;
  readonly backwards: string;
}

/** One value made of the events of a list by one property of each. */
export interface Fold {
  readonly key: 'sum' | 'avg' | 'min_of' | 'max_of' | 'first' | 'last';
  /** What the property has to be. */
  readonly takes: 'numbers' | 'what has an order' | 'anything';
  /** Of the values of the property in the order of (at, id), empty ones included. */
  of(values: readonly Value[]): Value;
  /** What is selected, and what stands behind FROM and the list. */
  sql(folded: FoldedInSql): { readonly select: string; readonly end?: string };
  /** `{events}` and `{property}` stand for the two. */
  words(property: Node): Sentence;
}

/** How values of a property are ordered; undefined where they are not. */
export function orderingOf({ type }: Node): Ordering | undefined {
  return type === 'NULL' ? undefined : valueTypes[type].ordering;
}

function check({ takes }: Fold, [, raw]: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const list = checkEvents(0, scope);
  const property = list && checkProperty(listOf(list).source.eventType, raw!, scope);
  if (!property) return undefined;
  const path = `${scope.path}/1`;
  if (takes === 'numbers' && property.type !== 'NUMBER')
    return scope.report(path, 'TYPE', sentence('这里需要数字属性', 'A property of numbers is expected here'));
  if (takes === 'what has an order' && !orderingOf(property))
    return scope.report(path, 'TYPE', sentence('这种属性没有大小先后', 'Values of this property have no order'));
  return [list, property];
}

/** What the portable form registers: the fold of a list of events by the key of a property. */
export function foldedBy(fold: Fold, events: readonly Row[], key: string): Value {
  return fold.of(events.map((event) => event[key] ?? null));
}

/** Makes an operation that folds a list of events. */
export function folding(fold: Fold): Operator {
  return {
    key: fold.key,
    type: ([, property]) => (property!.type === 'NULL' ? 'TEXT' : property!.type),
    gives: 'value',
    arity: { min: 2, max: 2 },
    check: (operands, scope) => check(fold, operands, scope),
    js([list, property]) {
      const events = compileEvents(listOf(list!));
      const key = keyOf(property!);
      return (row, moment) => foldedBy(fold, events(row, moment), key);
    },
    sql([list, property], target) {
      const { from, order, each } = eventsToSql(listOf(list!), target);
      const value = nodeToSql(property!, each);
      const { select, end = '' } = fold.sql({ value, property: property!, forwards: order[0], backwards: order[1] });
      return `(SELECT ${select} FROM ${from}${end})`;
    },
    portable: ([list, property]) => ({ [fold.key]: [eventsToPortable(listOf(list!)), keyOf(property!)] }),
    say([list, property], reader) {
      const words = fold.words(property!)[reader.locale];
      const named = words.replace('{property}', () => sayNode(property!, reader));
      return named.replace('{events}', () => sayNode(list!, reader));
    },
  };
}

function keyOf(property: Node): string {
  if (property.kind !== 'property') throw new Error('The check lets only properties of events through');
  return property.field.key;
}
