import { shallowRef } from 'vue';

const storageKey = 'kequn.recent-fields';
/** So few stand before all others that they are seen at a glance. */
const atMost = 5;

/** The keys of the fields that conditions were written about last in this browser, the latest first. */
export const recentFields = shallowRef(remembered());

/** A condition is about this field now. */
export function rememberField(key: string): void {
  recentFields.value = [key, ...recentFields.value.filter((other) => other !== key)].slice(0, atMost);
  localStorage.setItem(storageKey, recentFields.value.join(' '));
}

function remembered(): readonly string[] {
  return (localStorage.getItem(storageKey) ?? '').split(' ').filter(Boolean);
}
