import { useApi } from '../api/client.ts';
import { ExportRuleDocument, type SegmentPartsFragment } from '../api/generated/graphql.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { saveJson } from '../ui/download.ts';
import { toast } from '../ui/toast.ts';

/** What is exported of a segment. */
export type ExportedSegment = Pick<SegmentPartsFragment, 'key' | 'rule'>;

/**
 * Gives what downloads the saved rule of a segment as plain JSON-logic, in a file named by the segment's key, and tells so; of a rule
 * that is being edited it says that this is left out.
 *
 * @throws {ApiProblem} where the server does not give the rule; then there is no file.
 */
export function useRuleExport(): (segment: ExportedSegment, unsaved: boolean) => Promise<void> {
  const api = useApi();
  const t = useMessages();
  return async ({ key, rule }, unsaved) => {
    const { exportRule } = await api.query(ExportRuleDocument, { rule });
    const name = `${key}.json`;
    saveJson(name, `${JSON.stringify(exportRule, null, 2)}\n`);
    const words = t.value.segments;
    await toast(unsaved ? words.exportedSaved(name) : words.exported(name));
  };
}
