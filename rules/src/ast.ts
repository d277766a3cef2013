import type { Catalogue } from './catalogue.ts';
import type { EventTypeDefinition } from './events.ts';
import type { FieldDefinition } from './fields/field-definition.ts';
import type { Row, Rule, Value } from './json.ts';
import type { Locale, Sentence } from './locale.ts';
import type { RuleLimit } from './limits.ts';
import type { Moment } from './moment.ts';
import type { RuleProblemCode } from './problem.ts';
import type { ValueType } from './types/value-type.ts';

/** A value written in the rule; type NULL is the literal `null`, the one empty value. */
export interface Literal {
  readonly kind: 'literal';
  readonly type: ValueType | 'NULL';
  readonly value: Value;
  /** The field whose option it names, for its words. */
  readonly field?: FieldDefinition | undefined;
}

/** The value of a field of the customer. */
export interface FieldReference {
  readonly kind: 'field';
  readonly type: ValueType;
  readonly field: FieldDefinition;
}

/** What the customer did, of one event type. */
export interface EventsReference {
  readonly kind: 'events';
  readonly type: 'EVENTS';
  readonly eventType: EventTypeDefinition;
}

/** A property of the event in hand: what `filter` asks of each, and what a fold takes of each. */
export interface PropertyReference {
  readonly kind: 'property';
  readonly type: ValueType;
  readonly field: FieldDefinition;
}

/** Literals of one type, the right side of `in`. */
export interface LiteralList {
  readonly kind: 'list';
  readonly type: ValueType;
  readonly literals: readonly Literal[];
}

/** An attribute of the viewer as a list of one type, in the place of one that is written in the rule. */
export interface ViewerList {
  readonly kind: 'viewerList';
  readonly type: ValueType;
  /** The key of the attribute. */
  readonly attribute: string;
}

/** An operation on its operands, all of them checked. */
export interface Call {
  readonly kind: 'call';
  readonly type: ValueType;
  readonly operator: Operator;
  readonly operands: readonly Node[];
  /** JSON Pointer to this operation in the rule as it was sent. */
  readonly path: string;
}

/** One part of a checked rule. Frozen and bounded: only `checkRule` makes them, and all back ends read nothing else. */
export type Node = Literal | FieldReference | EventsReference | PropertyReference | LiteralList | ViewerList | Call;

/** A node compiled for JS: its value on one row at one moment; predicates give true or false, never null. */
export type Compiled = (row: Row, moment: Moment) => Value;

/**
 * Values of a day (by its number), of an instant (in milliseconds) or of a count that lie together: from a whole number up to another one,
 * which does not belong to them.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Of a day or an instant: that it stands still, or moves with today or now, belongs to it. */
  readonly evenly?: true;
}

/** The same of Postgres expressions of the type of the value; what is NULL is no end. */
export interface SqlSpan {
  readonly from: string;
  readonly to: string;
  readonly evenly?: true;
}

/**
 * The first instant after a moment, in milliseconds, at which time alone can take a value out of a span, make it empty or fill it; without
 * a span, at which it can be another one. Never is `Infinity`. It may be too early, never too late.
 */
export type Stays = (row: Row, moment: Moment, within?: Span) => number;

/** How a value goes on as time passes. */
export interface Course {
  js(operands: readonly Node[]): Stays;
  /** A `timestamptz` that is never NULL; never is `infinity`. What it is given is bound first, or names of what is bound would meet. */
  sql(operands: readonly Node[], target: SqlTarget, within?: SqlSpan): string;
}

/** Where the SQL of a rule is written. */
export interface SqlTarget {
  /** The expression that holds the value of a field; made from catalogue identifiers alone. */
  column(field: FieldDefinition): string;
  /** Where the events of a type lie. */
  events(type: string): EventSource;
  /** The expression that holds a property of the event in hand; only where a list of events is asked about. */
  property?(field: FieldDefinition): string;
  /** A condition that is true for members of a segment, by its key. */
  member(segmentKey: string): string;
  /** Binds a value and gives its place, such as `$3`. */
  parameter(value: Value | readonly Value[]): string;
  /** When the statement asks. */
  readonly moment: Moment;
}

/** Where the events of one type of the customer lie. */
export interface EventSource {
  /** To be put behind FROM, a condition included: more of them may follow after AND. */
  readonly from: string;
  /** By which they are ordered, in both senses. */
  readonly order: readonly [ascending: string, descending: string];
  property(field: FieldDefinition): string;
}

/** Who reads the sentence. */
export interface Reader {
  readonly locale: Locale;
  readonly users: ReadonlyMap<string, string>;
  readonly regions: ReadonlyMap<string, string>;
  /** Name by key of a segment. */
  readonly segments?: ReadonlyMap<string, string> | undefined;
  readonly timeZone: string;
}

/** What the check of an operator may ask and tell. Nothing is thrown: what is wrong is reported, and undefined returned. */
export interface CheckScope {
  readonly catalogue: Catalogue;
  /** JSON Pointer to the operation under check. */
  readonly path: string;
  /** Checks an operand; a string literal comes back as TEXT until `settle` gives it its type. */
  operand(index: number): Node | undefined;
  /** Checks an operand that must be a condition. */
  condition(index: number): Node | undefined;
  /** Checks an operand that must be a condition over each event of a type. */
  conditionOnEvents(eventType: EventTypeDefinition, index: number): Node | undefined;
  /** Whether the operation stands in a condition over events, which reads nothing but the event. */
  readonly isOnEvents: boolean;
  /** Gives a literal the type that its place asks for; other nodes must have that type already. */
  settle(node: Node, type: ValueType, field: FieldDefinition | undefined, path: string): Node | undefined;
  report(path: string, code: RuleProblemCode, message: Sentence, limit?: RuleLimit): undefined;
}

/** One operation with all its faces. */
export interface Operator {
  /** The JSON-logic key. */
  readonly key: string;
  readonly type: ValueType | ((operands: readonly Node[]) => ValueType);
  /**
   * What it gives: a predicate is true or false and counts towards the limit of conditions; what joins conditions is so too but does not
   * count, and reads in brackets; a value may be empty.
   */
  readonly gives: 'join' | 'predicate' | 'value';
  /** Of what asks for the moment: time alone can change its answer. */
  readonly readsClock?: true;
  /** Of what joins conditions: which of them have to hold. */
  readonly joins?: 'all' | 'any' | 'none';
  /** How it goes on as time passes, where that is more than that it stays as long as its operands do. */
  readonly course?: Course;
  /** Of a value whose words are several: it reads in brackets beside others. */
  readonly isCompound?: true;
  /**
   * Of a value that takes its type from its place, as a literal does: its operands once it is of that type; undefined where its type is
   * known already, or no such value can be of that one.
   */
  typed?(operands: readonly Node[], type: ValueType): readonly Node[] | undefined;
  /** How many operands it takes, and that as a sentence. */
  readonly arity: { readonly min: number; readonly max: number };
  /** Checks the operands and gives them typed. */
  check(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined;
  js(operands: readonly Node[]): Compiled;
  /** A boolean expression that is never null and never raises. */
  sql(operands: readonly Node[], target: SqlTarget): string;
  /** The same in JSON-logic that unmodified json-logic-js answers alike. */
  portable(operands: readonly Node[]): Rule;
  say(operands: readonly Node[], reader: Reader): string;
  /** How far it is from holding on these values of its operands, where it does not and that can be told. */
  sayMiss?(operands: readonly Node[], values: readonly Value[], reader: Reader): string | undefined;
  /** How its negation reads where that is more than "not (…)". */
  sayNot?(operands: readonly Node[], reader: Reader): string;
}

/** Whether a node can be empty: predicates never are. */
export function isPredicate(node: Node): boolean {
  return node.kind === 'call' ? node.operator.gives !== 'value' : node.kind === 'literal' && node.type === 'BOOLEAN';
}

/** Whether a node is the literal `null`. */
export function isNull(node: Node): boolean {
  return node.kind === 'literal' && node.type === 'NULL';
}

/** A node that takes its type from its place once it has one; undefined of every other, and where it cannot be of that type. */
export function typedAs(node: Node, type: ValueType): Call | undefined {
  const operands = node.kind === 'call' ? node.operator.typed?.(node.operands, type) : undefined;
  return node.kind === 'call' && operands ? Object.freeze<Call>({ ...node, type, operands }) : undefined;
}
