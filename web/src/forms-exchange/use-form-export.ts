import { useApi } from '../api/client.ts';
import { ExportFormDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { saveJson } from '../ui/download.ts';
import { toast } from '../ui/toast.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';

/** Gives what downloads a form, as its draft is saved, as a file that another system can read; what is refused is told. */
export function useFormExport(): (form: { readonly id: string; readonly name: string }) => Promise<void> {
  const api = useApi();
  const t = useMessages();
  const tellProblem = useProblemToast();
  return async ({ id, name }) => {
    try {
      const { exportForm } = await api.query(ExportFormDocument, { id });
      const file = fileNameOf(name);
      saveJson(file, `${JSON.stringify(exportForm, null, 2)}\n`);
      await toast(t.value.formsExchange.exported(file));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      tellProblem(error);
    }
  };
}

/** The name of a form without what no file may be called by. */
function fileNameOf(name: string): string {
  return `${name.replaceAll(/[\\/:*?"<>|]/g, ' ').trim() || 'form'}.form.json`;
}
