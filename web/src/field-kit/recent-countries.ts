import { shallowRef } from 'vue';

const storageKey = 'kequn.recent-countries';
/** So few stand before all others that they are seen at a glance. */
const atMost = 3;

/** The countries that phone numbers were entered of last in this browser, the latest first. */
export const recentCountries = shallowRef(remembered());

/** A number of this country is entered now. */
export function rememberCountry(code: string): void {
  recentCountries.value = [code, ...recentCountries.value.filter((other) => other !== code)].slice(0, atMost);
  try {
    localStorage.setItem(storageKey, recentCountries.value.join(' '));
  } catch {
    // A page within somebody else's may have no storage: then nothing is remembered.
  }
}

function remembered(): readonly string[] {
  try {
    return (localStorage.getItem(storageKey) ?? '').split(' ').filter(Boolean);
  } catch {
    return [];
  }
}
