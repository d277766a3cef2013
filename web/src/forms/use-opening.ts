import { labelOf } from '@kequn/rules';
import { ref, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { SetFormPublicDocument, type FormPartsFragment } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import { useFormat } from '../i18n/format.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { confirmed } from '../ui/confirm.ts';
import { toast } from '../ui/toast.ts';
import { useProblemText } from '../ui/use-problem-text.ts';

/** Where anybody fills a public form. */
export function publicAddress(slug: string): string {
  return `${window.location.origin}/f/${slug}`;
}

/** What shows a public form within a page of somebody else's. */
export function embedCode(address: string, name: string): string {
  const title = name.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${address}" title="${title}" style="width: 100%; height: 720px; border: 0"></iframe>`;
}

/** Opening a form to everybody, and closing it. */
export interface Opening {
  readonly busy: Readonly<Ref<boolean>>;
  /** Why it was refused the last time, in words. */
  readonly refusal: Readonly<Ref<string | undefined>>;
  /** Gives the form as it is then; undefined where nothing came of it. */
  setPublic(form: FormPartsFragment, isPublic: boolean): Promise<FormPartsFragment | undefined>;
}

/** Opens a form to everybody, or closes it; each is asked first, for the one lets everybody in and the other cannot be taken back. */
export function useOpening(): Opening {
  const api = useApi();
  const t = useMessages();
  const whyNot = useWhyNotPublic();
  const busy = ref(false);
  const refusal = ref<string>();

  function asked({ name }: FormPartsFragment, isPublic: boolean): Promise<boolean> {
    const { openTitle, openMessage, open, closeTitle, closeMessage, close } = t.value.sharing;
    const { cancel } = t.value.common;
    return confirmed(
      isPublic
        ? { title: openTitle(name), message: openMessage, confirm: open, cancel }
        : { title: closeTitle(name), message: closeMessage, confirm: close, cancel },
    );
  }

  return {
    busy,
    refusal,
    async setPublic(form, isPublic) {
      refusal.value = undefined;
      if (!(await asked(form, isPublic))) return undefined;
      busy.value = true;
      try {
        const { setFormPublic } = await api.mutate(SetFormPublicDocument, { id: form.id, public: isPublic });
        await toast(isPublic ? t.value.sharing.opened : t.value.sharing.closed);
        return setFormPublic;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        refusal.value = whyNot(error);
        return undefined;
      } finally {
        busy.value = false;
      }
    },
  };
}

/** Tells why a form may not be opened to everybody, or one that is open be published, with the fields that stand in the way. */
export function useWhyNotPublic(): (problem: ApiProblem) => string {
  const t = useMessages();
  const format = useFormat();
  const catalogue = useCatalogue();
  const problemText = useProblemText();

  function nameOf(key: string): string | undefined {
    const field = catalogue.byKey.get(key);
    return field && labelOf(field, locale.value);
  }

  return (problem) => {
    const { fieldsForbidden, fieldRefused, mayNotOpen } = t.value.sharing;
    if (problem.code === 'FORBIDDEN') return mayNotOpen;
    if (problem.code === 'FIELD_FORBIDDEN')
      return fieldsForbidden(format.value.list(problem.fields.map((key) => nameOf(key) ?? key)));
    if (problem.code !== 'VALIDATION_FAILED') return problemText(problem);
    const told = problem.issues.map(({ path, message }) => {
      const name = nameOf(path);
      return name === undefined ? message : fieldRefused(name, message);
    });
    return told.join(' ');
  };
}
