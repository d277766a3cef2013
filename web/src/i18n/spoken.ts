import type { Locale } from '@kequn/rules';
import {
  computed,
  hasInjectionContext,
  inject,
  provide,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
} from 'vue';
import { currentMessages, locale, messagesIn } from './locale.ts';
import type { Messages } from './zh-CN.ts';

/** A language with its messages. */
interface Spoken {
  readonly locale: Readonly<Ref<Locale>>;
  readonly messages: ComputedRef<Messages>;
}

const spokenAround: InjectionKey<Spoken> = Symbol('spoken');
const app: Spoken = { locale, messages: computed(currentMessages) };

/** The language in which a component speaks: that of the app, but where something around it speaks another. */
export function useSpoken(): Spoken {
  return hasInjectionContext() ? inject(spokenAround, app) : app;
}

/** Lets what stands within a component speak a language, once its messages are loaded; undefined: that of the app. Gives the language spoken. */
export function speakWithin(language: () => Locale | undefined): Readonly<Ref<Locale>> {
  const other = shallowRef<{ readonly locale: Locale; readonly messages: Messages }>();
  watch(
    language,
    async (next) => {
      const loaded = next && { locale: next, messages: await messagesIn(next) };
      if (language() === next) other.value = loaded;
    },
    { immediate: true },
  );
  const spoken: Spoken = {
    locale: computed(() => other.value?.locale ?? app.locale.value),
    messages: computed(() => other.value?.messages ?? app.messages.value),
  };
  provide(spokenAround, spoken);
  return spoken.locale;
}
