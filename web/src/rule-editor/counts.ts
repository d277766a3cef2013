import type { PreviewRuleQuery } from '../api/generated/graphql.ts';
import type { Item } from './draft.ts';

type Preview = PreviewRuleQuery['previewRule'];

/**
 * How many customers an item matches by itself, as far as the preview tells. What is written as the negation of a condition, such as
 * "is none of", the preview counts by the condition inside: the line matches everybody else.
 */
export function countOf(item: Item, path: string | undefined, preview: Preview | undefined): number | undefined {
  if (path === undefined || !preview) return undefined;
  const at = (pointer: string): number | undefined =>
    preview.conditions.find((condition) => condition.path === pointer)?.count;
  if (item.kind === 'line') {
    const inner = at(`${path}/!/0`);
    return at(path) ?? (inner === undefined ? undefined : preview.total - inner);
  }
  return at(path);
}
