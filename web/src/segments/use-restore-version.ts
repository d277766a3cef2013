import type { Rule } from '@kequn/rules';
import { ref, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { CountFittingDocument, RestoreSegmentVersionDocument, type SegmentQuery } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { confirmed } from '../ui/confirm.ts';
import { toast } from '../ui/toast.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';

/** A version that can be put back. */
interface Version {
  readonly number: number;
  readonly rule: Rule;
}

/** Puts back earlier versions of a segment's rule. */
export interface VersionRestoring {
  /** The number of the version that is being put back. */
  readonly restoring: Readonly<Ref<number | undefined>>;
  restore(version: Version): Promise<void>;
}

/** Asks before a version is put back, telling what it does to the members. */
export function useRestoreVersion(segment: () => NonNullable<SegmentQuery['segment']>): VersionRestoring {
  const api = useApi();
  const t = useMessages();
  const format = useFormat();
  const tellProblem = useProblemToast();
  const restoring = ref<number>();

  /** What restoring would do; of a rule that is none any more the server tells here already what is wrong with it. */
  async function consequence({ number, rule }: Version): Promise<string> {
    const { restoreInactive, restoreActive } = t.value.segments;
    const version = format.value.number(number);
    const { previewRule } = await api.query(CountFittingDocument, { rule });
    const { status, memberCount } = segment();
    if (status !== 'ACTIVE') return restoreInactive(version);
    return restoreActive(version, format.value.number(memberCount ?? 0), format.value.number(previewRule.count));
  }

  async function askAndRestore(version: Version): Promise<void> {
    const { restore, restoreTitle, restored } = t.value.segments;
    const number = format.value.number(version.number);
    const message = await consequence(version);
    const question = { title: restoreTitle(number), message, confirm: restore, cancel: t.value.common.cancel };
    if (!(await confirmed(question))) return;
    restoring.value = version.number;
    const variables = { id: segment().id, number: version.number };
    const { restoreSegmentVersion } = await api.mutate(RestoreSegmentVersionDocument, variables);
    await toast(restored(number, format.value.number(restoreSegmentVersion.version)));
  }

  // Told apart from `restoring`: what was pressed must stay as it is while it is asked, for the focus comes back to it.
  let asking = false;

  return {
    restoring,
    async restore(version) {
      if (asking) return;
      asking = true;
      try {
        await askAndRestore(version);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        tellProblem(error);
      } finally {
        asking = false;
        restoring.value = undefined;
      }
    },
  };
}
