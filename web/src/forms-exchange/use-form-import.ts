import type { Json } from '@kequn/rules';
import { ref, shallowRef, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { ImportFormDocument, type ImportFormMutation } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { uploadPicture, withPictures } from '../forms/copy-pictures.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { useProblemText } from '../ui/use-problem-text.ts';

/** Larger files hold no form: the server takes no more of them, beside their pictures. */
const [mostBytes, mostBytesOfPictures] = [1_000_000, 40_000_000];

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
      const found = file.size > mostBytesOfPictures ? undefined : documentIn(await file.text());
      const document = found === undefined ? undefined : await withUploads(found);
      if (document !== undefined && JSON.stringify(document).length <= mostBytes)
        return (await api.mutate(ImportFormDocument, { document })).importForm;
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

/** A document whose pictures are sent before it: together they may be larger than a request. */
async function withUploads(document: NonNullable<Json>): Promise<NonNullable<Json>> {
  const { pictures, ...form } = document as Readonly<Record<string, Json>>;
  if (typeof pictures !== 'object' || pictures === null) return document;
  const ids = new Map<string, string>();
  for (const [name, picture] of Object.entries(pictures)) {
    const file = pictureIn(picture);
    // What is none is for the server to tell.
    if (!file) return document;
    ids.set(name, await uploadPicture(file));
  }
  return withPictures(form, ids);
}

function pictureIn(picture: Json): File | undefined {
  const { name, data } = (picture ?? {}) as Readonly<Record<string, Json>>;
  if (typeof name !== 'string' || typeof data !== 'string') return undefined;
  try {
    return new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name);
  } catch {
    return undefined;
  }
}

function documentIn(text: string): NonNullable<Json> | undefined {
  try {
    return (JSON.parse(text) as Json) ?? undefined;
  } catch {
    return undefined;
  }
}
