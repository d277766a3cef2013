import { labelOf, type FieldItem, type FormCatalogue } from '@kequn/rules';
import { nextTick, shallowRef, watch, type ShallowRef } from 'vue';
import type { DraftType, FieldDraft } from '../fields/field-draft.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { toast } from '../ui/toast.ts';
import type { Spot } from './form-moves.ts';

/** A field that is to be made, and where on the form it is to stand: at a spot, or behind a part. */
export interface FieldToMake {
  readonly type: DraftType;
  readonly spot?: Spot | undefined;
  readonly behind?: string | undefined;
  /** What is set of it where it is placed. */
  readonly settings?: Omit<FieldItem, 'field'> | undefined;
  /** What it is called until it is called otherwise. */
  readonly named?: Pick<FieldDraft, 'labelZh' | 'labelEn'> | undefined;
}

/** Making fields while a form is designed. */
export interface NewFields {
  /** What is asked for while a field is made. */
  readonly asked: Readonly<ShallowRef<FieldToMake | undefined>>;
  ask(field: FieldToMake): void;
  /** The field is in the catalogue. */
  made(key: string): Promise<void>;
  /** Nothing more is asked for; whether a field was made or not. */
  close(): void;
}

/** So long it is waited for something new to be known here. */
const PATIENCE_MS = 8_000;

/** Asks for new fields and places them once they are known; taking that step back leaves the field in the catalogue, which is said. */
export function useNewField(catalogue: () => FormCatalogue, place: (key: string, to: FieldToMake) => void): NewFields {
  const t = useMessages();
  const asked = shallowRef<FieldToMake>();
  let isMade = false;

  return {
    asked,
    ask(field) {
      isMade = false;
      asked.value = field;
    },
    async made(key) {
      const to = asked.value;
      isMade = true;
      if (!to) return;
      const known = await isKnown(() => catalogue().fields.has(key));
      const { fieldMade, fieldMadeUnseen } = t.value.forms.palette;
      // Somebody may make a field that their own roles do not see.
      if (!known) return toast(fieldMadeUnseen, 'error');
      place(key, to);
      await toast(fieldMade(labelOf(catalogue().fields.get(key)!, locale.value)));
    },
    close() {
      asked.value = undefined;
      if (!isMade) announce(t.value.forms.palette.noFieldMade);
    },
  };
}

/** Waits until something is so, but not for ever; whether it became so. */
export async function isKnown(isSo: () => boolean): Promise<boolean> {
  await nextTick();
  if (isSo()) return true;
  return new Promise((resolve) => {
    const end = (known: boolean): void => {
      stop();
      window.clearTimeout(timer);
      resolve(known);
    };
    const stop = watch(isSo, (known) => known && end(true));
    const timer = window.setTimeout(() => end(false), PATIENCE_MS);
  });
}
