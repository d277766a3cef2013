import { sentence } from './locale.ts';

/** Names by which objects of JavaScript reach beyond themselves: refused wherever a rule names something. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What is said of them. */
export const forbiddenKey = sentence('不允许的名称', 'This name is not allowed');
