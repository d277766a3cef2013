import {
  chosenRule,
  ownWordsOf,
  type FieldDefinition,
  type FieldItem,
  type FieldOption,
  type OwnWords,
} from '@kequn/rules';
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { UpdateFieldDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { addOption, changeOption } from '../field-kit/options.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import { fieldDraftOf, fieldInputOf } from '../fields/field-draft.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { newId } from '../ui/new-id.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';
import type { Designing } from './designing.ts';
import { toLayout } from './form-draft.ts';
import { insertBehind } from './form-moves.ts';
import { itemsOf } from './form-tree.ts';
import { isKnown } from './use-new-field.ts';

/** The option that says that none of the others fits, in each language. */
const otherNames = { labelZh: '其他', labelEn: 'Other' } as const;

/** The option of a field that says that none of the others fits, by what it is called. */
export function optionOfOther(options: readonly FieldOption[]): FieldOption | undefined {
  const live = options.filter(({ archived }) => !archived);
  return live.findLast(({ label, labels }) =>
    [label, ...Object.values(labels)].some((each) => /^(其[他它]|others?)/i.test(each)),
  );
}

/** What is asked in own words: of which choice, with which option, and in which field. */
export interface WordsToAsk {
  /** The key of the choice. */
  readonly choice: string;
  /** The key of the option; undefined: one that is added to the field. */
  readonly option: string | undefined;
  /** The key of the TEXT field; undefined: one that is yet to be made. */
  readonly words: string | undefined;
}

/** Asking on a form for own words where no option fits. */
export interface OwnWordsOfForm {
  /** What is asked by now, by the key of the choice. */
  readonly asked: ComputedRef<ReadonlyMap<string, OwnWords>>;
  readonly busy: Readonly<Ref<boolean>>;
  /** Places the text below the choice, once the option and the field are there; whether it came so far. */
  ask(wanted: WordsToAsk): Promise<boolean>;
  /** The id of a field on the form. */
  idOf(key: string): string | undefined;
}

/** Lets people answer a choice in their own words. What is added to the catalogue on the way stays there when the step is taken back. */
export function useOwnWords(designing: Designing): OwnWordsOfForm {
  const t = useMessages();
  const addOther = useNewOption();
  const busy = ref(false);

  function idOf(key: string): string | undefined {
    return itemsOf(designing.shown).find(({ item }) => 'field' in item && item.field === key)?.id;
  }

  function place(choice: FieldDefinition, option: string, words: string | undefined): void {
    const behind = idOf(choice.key);
    const settings: Omit<FieldItem, 'field'> = { required: true, visibleWhen: chosenRule(choice, option) };
    if (words === undefined) return designing.ask({ type: 'TEXT', behind, settings, named: nameFor(choice) });
    const item = { id: newId(), item: { field: words, ...settings } };
    designing.act((draft) => insertBehind(draft, [item], behind, newId), { say: () => t.value.ownWords.placed });
  }

  return {
    asked: computed(() => {
      const pairs = ownWordsOf(toLayout(designing.shown), designing.catalogue.fields);
      return new Map(pairs.map((pair) => [pair.choice, pair]));
    }),
    busy,
    idOf,
    async ask({ choice: key, option, words }) {
      busy.value = true;
      try {
        const chosen = option ?? (await addOther(key, designing));
        const choice = designing.catalogue.fields.get(key);
        if (chosen === undefined || !choice) return false;
        place(choice, chosen, words);
        return true;
      } finally {
        busy.value = false;
      }
    },
  };
}

/** The name of the choice, and that it is what fits none of its options, in each language that it has one in. */
function nameFor({ label, labels }: FieldDefinition): { readonly labelZh: string; readonly labelEn: string } {
  const { en, 'zh-CN': zh = en === undefined ? label : undefined } = labels;
  return { labelZh: zh ? `${zh}（${otherNames.labelZh}）` : '', labelEn: en ? `${en} (other)` : '' };
}

/** Adds the option to a field and waits for it to be known here; gives its key, or tells why there is none. */
function useNewOption(): (key: string, designing: Designing) => Promise<string | undefined> {
  const api = useApi();
  const catalogue = useCatalogue();
  const tellProblem = useProblemToast();
  return async (key, designing) => {
    const field = catalogue.byKey.get(key);
    if (!field) return undefined;
    const draft = fieldDraftOf(field);
    const id = newId();
    const options = changeOption(addOption(draft.settings.options, id), id, otherNames);
    const added = options.at(-1)?.key;
    const input = fieldInputOf({ ...draft, settings: { ...draft.settings, options } }, draft);
    try {
      await api.mutate(UpdateFieldDocument, { key, version: field.version, input });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      tellProblem(error);
      catalogue.reload();
      return undefined;
    }
    catalogue.reload();
    const isThere = (): boolean =>
      designing.catalogue.fields.get(key)?.options.some((option) => option.key === added) ?? false;
    return (await isKnown(isThere)) ? added : undefined;
  };
}
