import type { PreviewRuleQuery } from '../api/generated/graphql.ts';

type Finding = PreviewRuleQuery['previewRule']['findings'][number];

/** What a rule says in vain, by the id of the innermost item that it is about. */
export function findingsByItem(
  findings: readonly Finding[],
  paths: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const byItem = new Map<string, readonly string[]>();
  for (const { path, message } of findings) {
    const around = [...paths].filter(([, at]) => path === at || path.startsWith(`${at}/`));
    const [innermost] = around.toSorted(([, a], [, b]) => b.length - a.length);
    if (innermost) byItem.set(innermost[0], [...(byItem.get(innermost[0]) ?? []), message]);
  }
  return byItem;
}
