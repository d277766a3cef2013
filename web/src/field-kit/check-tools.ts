import type { CheckTools } from '@kequn/rules';
import { shallowRef, type ShallowRef } from 'vue';

const tools = shallowRef<CheckTools>();

/** Loads what checking values takes, once: it is large, and only forms check values. */
export async function loadCheckTools(): Promise<CheckTools> {
  tools.value ??= (await import('@kequn/rules/tools')).checkTools;
  return tools.value;
}

/** What checking values takes, undefined until it is loaded; loading begins with the first call. */
export function useCheckTools(): Readonly<ShallowRef<CheckTools | undefined>> {
  void loadCheckTools();
  return tools;
}
