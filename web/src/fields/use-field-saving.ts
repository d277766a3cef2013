import { computed, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import {
  CreateFieldDocument,
  PreviewConversionDocument,
  UpdateFieldDocument,
  type PreviewConversionQuery,
  type RoleAccessInput,
} from '../api/generated/graphql.ts';
import { ApiProblem, type Usage } from '../api/problem.ts';
import { useCatalogue, type CatalogueField } from './catalogue.ts';
import { fieldInputOf, type FieldDraft } from './field-draft.ts';

/** What would become of the values of a field, were it of another type. */
export type ConversionPreview = PreviewConversionQuery['previewConversion'];

/** What is saved. */
export interface SavedField {
  /** Undefined for a new one. */
  field(): CatalogueField | undefined;
  readonly draft: Readonly<Ref<FieldDraft>>;
  /** The draft as it was opened. */
  readonly start: Readonly<Ref<FieldDraft>>;
  /** What roles are given with a new field. */
  readonly access: Readonly<Ref<readonly RoleAccessInput[]>>;
  /** `begun`: a job makes it of another type. */
  done(how: 'saved' | 'converted' | 'begun'): Promise<void> | void;
}

/** Saving a field: what it is being told, and what stands in the way. */
export interface FieldSaving {
  readonly busy: Readonly<Ref<boolean>>;
  readonly refusal: ShallowRef<ApiProblem | undefined>;
  /** The rules that would have no meaning any more. */
  readonly usedBy: ShallowRef<readonly Usage[]>;
  /** Whether the draft is of another type than the field. */
  readonly isRetyped: Readonly<Ref<boolean>>;
  /** What is asked before a field becomes of another type; undefined while nothing is. */
  readonly preview: ShallowRef<ConversionPreview | undefined>;
  /** Saves it, or where it is of another type looks first at what becomes of the values. */
  save(): Promise<void>;
  /** Makes it of another type, with what does not convert set aside where it was told of. */
  convert(): Promise<void>;
}

/** Saves a field; what the server refuses is told and nothing is lost. */
export function useFieldSaving({ field, draft, start, access, done }: SavedField): FieldSaving {
  const api = useApi();
  const catalogue = useCatalogue();
  const busy = ref(false);
  const refusal = shallowRef<ApiProblem>();
  const usedBy = shallowRef<readonly Usage[]>([]);
  const preview = shallowRef<ConversionPreview>();
  const isRetyped = computed(() => draft.value.exists && draft.value.type !== start.value.type);

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true;
    refusal.value = undefined;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      tell(error);
    } finally {
      busy.value = false;
    }
  }

  function tell(problem: ApiProblem): void {
    if (problem.code === 'IN_USE') {
      usedBy.value = problem.usedBy;
      preview.value = undefined;
    } else if (problem.code !== 'UNAUTHENTICATED') refusal.value = problem;
    // With their version in hand, saving again is a choice.
    if (problem.code === 'CONFLICT') catalogue.reload();
  }

  async function look(key: string): Promise<void> {
    const { type, options, validation } = fieldInputOf(draft.value, start.value);
    const asked = { key, type: type!, options: options ?? null, validation: validation ?? null };
    preview.value = (await api.query(PreviewConversionDocument, asked)).previewConversion;
  }

  /** Gives whether it is saved already, and not only begun. */
  async function send(force: boolean): Promise<boolean> {
    const input = fieldInputOf(draft.value, start.value);
    const known = field();
    if (known) {
      const asked = { key: known.key, version: known.version, input, force };
      return (await api.mutate(UpdateFieldDocument, asked)).updateField.job === null;
    }
    await api.mutate(CreateFieldDocument, { input, ...(access.value.length > 0 && { access: [...access.value] }) });
    return true;
  }

  return {
    busy,
    refusal,
    usedBy,
    isRetyped,
    preview,
    save: () =>
      attempt(async () => {
        const known = field();
        if (known && isRetyped.value) return look(known.key);
        await send(false);
        await done('saved');
      }),
    convert: () =>
      attempt(async () => {
        const isDone = await send((preview.value?.failing ?? 0) > 0);
        preview.value = undefined;
        await done(isDone ? 'converted' : 'begun');
      }),
  };
}
