import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** The names of the divisions of China by code; empty until somebody needs them and they are loaded. */
export const useRegions = defineStore('regions', () => {
  const names = shallowRef<ReadonlyMap<string, string>>(new Map());

  async function load(): Promise<void> {
    if (names.value.size === 0) names.value = (await import('@kequn/rules/regions')).regions;
  }

  return { names, load };
});
