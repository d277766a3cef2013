import type { Messages } from '../i18n/zh-CN.ts';

/** What is searched for where this was typed: the code of an action by its name in words, anything else as it is. */
export function codeOf(typed: string, { audit }: Messages): string {
  const text = typed.trim();
  return Object.entries(audit.actions).find(([, word]) => word.toLowerCase() === text.toLowerCase())?.[0] ?? text;
}

/** How what is searched for reads: the code of an action in words. */
export function wordOf(search: string, { audit }: Messages): string {
  return Object.entries(audit.actions).find(([code]) => code === search)?.[1] ?? search;
}
