import type { Operator } from '../ast.ts';
import { and } from './and.ts';
import { equals } from './equals.ts';
import { greaterOrEqual } from './greater-or-equal.ts';
import { greater } from './greater.ts';
import { isIn } from './in.ts';
import { lessOrEqual } from './less-or-equal.ts';
import { less } from './less.ts';
import { notEquals } from './not-equals.ts';
import { not } from './not.ts';
import { or } from './or.ts';

const list: readonly Operator[] = [and, or, not, equals, notEquals, less, lessOrEqual, greater, greaterOrEqual, isIn];

/** Every operation of the language by its JSON-logic key; the list is closed. */
export const operators: ReadonlyMap<string, Operator> = new Map(list.map((operator) => [operator.key, operator]));
