import { ref, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { DeleteFormDocument, SaveFormDocument, type FormPartsFragment } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { confirmed } from '../ui/confirm.ts';
import { toast } from '../ui/toast.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';
import { copyPictures, picturesIn, withPictures } from './copy-pictures.ts';
import { layoutOf } from './form-sheet.ts';

/** What is done with a form as a whole; what is refused is told. Each gives what came of it, undefined where nothing did. */
export interface FormActs {
  readonly busy: Readonly<Ref<boolean>>;
  duplicate(form: FormPartsFragment): Promise<FormPartsFragment | undefined>;
  remove(form: FormPartsFragment): Promise<true | undefined>;
}

/** Acts on forms. What cannot be undone is asked first. */
export function useFormActs(): FormActs {
  const api = useApi();
  const t = useMessages();
  const tellProblem = useProblemToast();
  const busy = ref(false);

  async function run<T>(act: () => Promise<T>): Promise<T | undefined> {
    busy.value = true;
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      tellProblem(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  return {
    busy,
    duplicate: (form) =>
      run(async () => {
        const { copyOf, duplicated } = t.value.forms.actions;
        const copies = await copyPictures(picturesIn(layoutOf(form.layout)));
        const input = { name: copyOf(form.name), layout: withPictures(form.layout, copies), settings: form.settings };
        const { saveForm } = await api.mutate(SaveFormDocument, { input });
        await toast(duplicated(saveForm.name));
        return saveForm;
      }),
    remove: (form) =>
      run(async () => {
        const { removeTitle, removeMessage, remove, removed } = t.value.forms.actions;
        const question = {
          title: removeTitle(form.name),
          message: removeMessage,
          confirm: remove,
          cancel: t.value.common.cancel,
        };
        if (!(await confirmed(question))) return undefined;
        await api.mutate(DeleteFormDocument, { id: form.id });
        await toast(removed(form.name));
        return true as const;
      }),
  };
}
