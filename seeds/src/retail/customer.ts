import type { Json } from '@kequn/rules';
import { chanceOf, type Chance } from '../chance.ts';
import { dayBefore } from '../days.ts';
import type { TemplateCustomer } from '../template.ts';
import { historyOf, type History } from './history.ts';
import { personOf, type Person } from './person.ts';
import { tasteOf, type Taste } from './taste.ts';

/** The n-th customer of the retailer as she is on a day. */
export function customer(n: number, today: string): TemplateCustomer {
  const chance = chanceOf(n);
  const person = personOf(chance);
  const values = {
    ...valuesOfPerson(n, person, today, chance),
    ...valuesOfTaste(tasteOf(person, chance)),
    ...valuesOfHistory(historyOf(person, chance), today, chance),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function valuesOfPerson(n: number, person: Person, today: string, chance: Chance): Record<string, Json> {
  const { name, gender, age, city, district, occupation, income } = person;
  const number = String(n + 1);
  // Not everybody tells everything.
  const told = (share: number, value: Json) => (chance.isBelow(share) ? value : null);
  return {
    name: name.written,
    member_no: `M${number.padStart(6, '0')}`,
    // Round enough to be seen as made up, and other than its neighbours.
    phone: told(0.97, `+861380000${String((n * 7_919) % 10_000).padStart(4, '0')}`),
    email: told(0.65, `${name.spelling}${number}@example.com`),
    region: district,
    city_tier: city.tier,
    gender: told(0.98, gender),
    birthday: told(0.95, dayBefore(today, age * 365.25)),
    occupation: told(0.9, occupation),
    income: told(0.8, income),
  };
}

function valuesOfTaste({ interests, style, channel, categories, needs }: Taste): Record<string, Json> {
  return { interests, shopping_style: style, channel, categories, needs };
}

function valuesOfHistory(history: History, today: string, chance: Chance): Record<string, Json> {
  const { memberFor, visitedAgo, boughtAgo, orders, spend, tier, satisfaction, churnRisk, lifecycle } = history;
  const [hour, minute] = [chance.whole(0, 10), chance.whole(0, 59)].map((part) => String(part).padStart(2, '0'));
  return {
    // In UTC before eleven: yesterday evening at the latest, wherever the day is told.
    last_visit: `${dayBefore(today, visitedAgo)}T${hour}:${minute}:00.000Z`,
    last_purchase: boughtAgo === undefined ? null : dayBefore(today, boughtAgo),
    orders,
    spend,
    tier,
    satisfaction: boughtAgo !== undefined && chance.isBelow(0.75) ? satisfaction : null,
    marketing_consent: chance.weighted<Json>([
      [true, 72],
      [false, 20],
      [null, 8],
    ]),
    member_since: dayBefore(today, memberFor),
    lifecycle,
    churn_risk: churnRisk,
  };
}
