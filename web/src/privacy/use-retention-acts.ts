import { useApi } from '../api/client.ts';
import {
  CountToEraseDocument,
  DeleteRetentionRuleDocument,
  PauseRetentionRuleDocument,
  RunRetentionRuleDocument,
  type JobPartsFragment,
  type RetentionPartsFragment,
} from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { confirmed } from '../ui/confirm.ts';
import { toast } from '../ui/toast.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';

/** What can be done with a retention rule as a whole. */
export type RetentionAct = 'activate' | 'pause' | 'run' | 'remove';

/** What follows from an act. */
interface Following {
  /** Activating asks in a dialogue of its own. */
  activate(rule: RetentionPartsFragment): void;
  began(run: JobPartsFragment): void;
  changed(): void;
}

/** Does what was chosen, after asking where something is lost, and tells what came of it. */
export function useRetentionActs(
  following: Following,
): (act: RetentionAct, rule: RetentionPartsFragment) => Promise<void> {
  const api = useApi();
  const t = useMessages();
  const format = useFormat();
  const tellProblem = useProblemToast();

  async function run({ id, name, rule }: RetentionPartsFragment): Promise<void> {
    const words = t.value.privacy;
    const { previewRule } = await api.query(CountToEraseDocument, { rule });
    const message = words.runMessage(format.value.number(previewRule.count));
    const question = { title: words.runTitle(name), message, confirm: words.runConfirm, cancel: t.value.common.cancel };
    if (!(await confirmed(question))) return;
    following.began((await api.mutate(RunRetentionRuleDocument, { id })).runRetentionRule);
  }

  async function remove({ id, name }: RetentionPartsFragment): Promise<void> {
    const words = t.value.privacy;
    const question = {
      title: words.removeTitle(name),
      message: words.removeMessage,
      confirm: words.remove,
      cancel: t.value.common.cancel,
    };
    if (!(await confirmed(question))) return;
    await api.mutate(DeleteRetentionRuleDocument, { id });
    await toast(words.removed(name));
  }

  async function pause({ id }: RetentionPartsFragment): Promise<void> {
    await api.mutate(PauseRetentionRuleDocument, { id });
    await toast(t.value.privacy.pausedDone);
  }

  const acts: Readonly<Record<Exclude<RetentionAct, 'activate'>, (rule: RetentionPartsFragment) => Promise<void>>> = {
    pause,
    run,
    remove,
  };

  return async (act, rule) => {
    if (act === 'activate') return following.activate(rule);
    try {
      await acts[act](rule);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      tellProblem(error);
    }
    following.changed();
  };
}
