import { RE2JS } from 're2js';

/** Code points that a pattern may have at the most: what it compiles to grows with its length. */
const longestPattern = 500;

const compiled = new Map<string, RE2JS | undefined>();

/** Compiled patterns are kept, at most this many: a catalogue has no more fields. */
const mostKept = 500;

function compile(pattern: string): RE2JS | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern);
  if (compiled.size >= mostKept) compiled.clear();
  const engine = tryCompile(pattern);
  compiled.set(pattern, engine);
  return engine;
}

function tryCompile(pattern: string): RE2JS | undefined {
  if (pattern === '' || pattern.length > longestPattern) return undefined;
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Whether text is a pattern in RE2's syntax, of bounded length. */
export function isPattern(pattern: string): boolean {
  return compile(pattern) !== undefined;
}

/** Whether a pattern is found in text. */
export function matches(pattern: string, text: string): boolean {
  return compile(pattern)?.matcher(text).find() ?? false;
}
