import type { Rule } from '@kequn/rules';
import { person } from './people.ts';

/** The rule of the n-th segment: of the nine fields each is read in turn, by rules that hold for about one customer in a hundred. */
export function narrowRule(n: number): Rule {
  return ruleKinds[n % ruleKinds.length]!(Math.floor(n / ruleKinds.length));
}

const ruleKinds: readonly ((n: number) => Rule)[] = [
  (n) => ({ starts_with: [{ var: 'name' }, person(n).name.slice(0, 2)] }),
  (n) => phoneEndsWith(n),
  (n) => ({ starts_with: [{ var: 'email' }, person(n).email.slice(0, 5)] }),
  (n) => ({ and: [{ within_region: [{ var: 'region' }, person(n).region] }, phoneEndsWith(n)] }),
  (n) => ({ and: [{ '==': [{ var: 'level' }, person(n).level] }, phoneEndsWith(n)] }),
  // Bands that touch: an edit takes a customer out of one and into another.
  (n) => band('spend', n * 90, (n + 1) * 90),
  (n) => ({ '==': [{ var: 'orders' }, n] }),
  (n) => band('birthday', `${1950 + (n % 55)}-01-01`, `${1951 + (n % 55)}-01-01`),
  (n) => ({ and: [{ '==': [{ var: 'vip' }, true] }, phoneEndsWith(n)] }),
];

function phoneEndsWith(n: number): Rule {
  return { ends_with: [{ var: 'phone' }, String(n).padStart(2, '0').slice(-2)] };
}

function band(field: string, from: number | string, to: number | string): Rule {
  return { and: [{ '>=': [{ var: field }, from] }, { '<': [{ var: field }, to] }] };
}
