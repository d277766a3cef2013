import type { Json } from '@kequn/rules';
import { ref, shallowRef, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { ImportFormDocument, type ImportFormMutation } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { useProblemText } from '../ui/use-problem-text.ts';

/** Larger files hold no form: the server takes no more of them. */
const mostBytes = 1_000_000;

/** Makes a form of a file. */
export interface FormImport {
  readonly busy: Readonly<Ref<boolean>>;
  /** Everything that stands in the way, in words; nothing was made then. */
  readonly problems: Readonly<Ref<readonly string[]>>;
  /** Gives the new form; undefined where the file was refused. */
  read(file: File): Promise<ImportFormMutation['importForm'] | undefined>;
}

/** Reads a file that was exported from here or elsewhere. */
export function useFormImport(): FormImport {
  const api = useApi();
  const t = useMessages();
  const problemText = useProblemText();
  const busy = ref(false);
  const problems = shallowRef<readonly string[]>([]);

  async function read(file: File): Promise<ImportFormMutation['importForm'] | undefined> {
    busy.value = true;
    problems.value = [];
    try {
      const document = file.size > mostBytes ? undefined : documentIn(await file.text());
      if (document !== undefined) return (await api.mutate(ImportFormDocument, { document })).importForm;
      problems.value = [t.value.formsExchange.noForm];
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problems.value = told(error);
    } finally {
      busy.value = false;
    }
    return undefined;
  }

  /** One line per problem; the same words said of several places are said once. */
  function told(problem: ApiProblem): readonly string[] {
    const messages = problem.issues.map(({ message }) => message);
    return messages.length > 0 ? [...new Set(messages)] : [problemText(problem)];
  }

  return { busy, problems, read };
}

function documentIn(text: string): NonNullable<Json> | undefined {
  try {
    return (JSON.parse(text) as Json) ?? undefined;
  } catch {
    return undefined;
  }
}
