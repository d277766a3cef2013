import {
  catalogueOf,
  checkRule,
  checkValidation,
  checkValue,
  eventProperty,
  isFieldKey,
  type EventTypeDefinition,
  type Json,
} from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { describe, expect, it } from 'vitest';
import { retail } from './index.ts';

const TODAY = '2026-02-28';
const eventTypes: ReadonlyMap<string, EventTypeDefinition> = new Map(
  retail.eventTypes.map(({ key, label, properties }) => {
    const known = properties.map((each) => eventProperty(each.key, each.type, each.label['zh-CN'], each.label));
    return [key, { key, label: label['zh-CN'], labels: label, properties: known }];
  }),
);
const catalogue = {
  ...catalogueOf(retail.fields, new Map(), 'Asia/Shanghai', checkTools.regions),
  events: eventTypes,
};
const customersOn = (today: string) => Array.from({ length: retail.customers }, (_, n) => retail.customer(n, today));
const customers = customersOn(TODAY);

function numbersOf(key: string, holds: (customer: Readonly<Record<string, Json>>) => boolean): readonly number[] {
  return customers.filter(holds).flatMap(({ [key]: value }) => (typeof value === 'number' ? value : []));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

describe('the fields', () => {
  it('are 25, each with a name in both languages and settings of its type', () => {
    expect(retail.fields.length).toBe(25);
    for (const { key, type, labels, options, validation } of retail.fields) {
      expect(isFieldKey(key)).toBe(true);
      expect(checkValidation(type, validation as Json, checkTools)).toMatchObject({ ok: true });
      for (const named of [{ labels }, ...options]) expect(Object.keys(named.labels)).toEqual(['zh-CN', 'en']);
    }
  });

  it('have rules of this catalogue, which read what stands before them', () => {
    for (const [index, { validation }] of retail.fields.entries()) {
      const before = catalogueOf(retail.fields.slice(0, index + 1));
      if (validation.rule !== undefined) expect(checkRule(validation.rule, before)).toMatchObject({ ok: true });
    }
  });
});

describe('the segments', () => {
  it('are 14, each with a rule of this catalogue', () => {
    expect(new Set(retail.segments.map(({ key }) => key)).size).toBe(14);
    for (const { rule } of retail.segments) expect(checkRule(rule, catalogue)).toMatchObject({ ok: true });
  });
});

describe('the customers', () => {
  it('are the same at every run, and as old as the day that they are told from', () => {
    expect(customersOn(TODAY)).toEqual(customers);
    const [today, later] = [customers, customersOn('2028-02-29')].map((each) =>
      each.map((one) => one['last_purchase']),
    );
    expect(later).not.toEqual(today);
    expect(Math.max(...customers.map((one) => Date.parse(String(one['last_visit']))))).toBeLessThan(Date.parse(TODAY));
  });

  it('have values that their fields take, and one member number each', () => {
    const problems = customers.flatMap((one) =>
      retail.fields.flatMap((field) => {
        const checked = checkValue(field, one[field.key] ?? null, checkTools);
        return checked.ok ? [] : checked.problems;
      }),
    );
    expect(problems).toEqual([]);
    const keys = new Set(retail.fields.map(({ key }) => key));
    expect(customers.flatMap((one) => Object.keys(one)).filter((key) => !keys.has(key))).toEqual([]);
    for (const unique of ['member_no', 'phone', 'email']) {
      const given = customers.flatMap(({ [unique]: value }) => value ?? []);
      expect(new Set(given).size).toBe(given.length);
    }
  });

  it('are plausible: income goes by the city, spend by the income, tier by the spend, the risk of leaving by absence', () => {
    const incomes = ['third', 'second', 'new_first', 'first'].map((tier) =>
      mean(numbersOf('income', ({ city_tier: city }) => city === tier)),
    );
    expect(incomes).toEqual(incomes.toSorted((a, b) => a - b));
    const spends = ['basic', 'silver', 'gold', 'diamond'].map((tier) =>
      mean(numbersOf('spend', (one) => one['tier'] === tier)),
    );
    expect(spends).toEqual(spends.toSorted((a, b) => a - b));
    const [poor, rich] = [
      mean(numbersOf('spend', ({ income }) => Number(income) < 100_000)),
      mean(numbersOf('spend', ({ income }) => Number(income) > 200_000)),
    ];
    expect(rich).toBeGreaterThan(poor * 2);
    const risks = ['active', 'silent', 'lost'].map((stage) =>
      mean(numbersOf('churn_risk', ({ lifecycle }) => lifecycle === stage)),
    );
    expect(risks).toEqual(risks.toSorted((a, b) => a - b));
  });

  it('never bought before they were members, nor after they were last there', () => {
    const outOfOrder = customers.filter(({ member_since: since, last_purchase: bought, last_visit: visited }) => {
      const days = [since, bought ?? since, String(visited).slice(0, 10)].map(String);
      return days.some((day, index) => index > 0 && day < days[index - 1]!);
    });
    expect(outOfOrder).toEqual([]);
  });
});

describe('the events', () => {
  const eventsOn = (day: string) => customers.map((_, n) => retail.events(n, day, 'zh-CN'));
  const events = eventsOn(TODAY);
  const all = events.flat();
  const ordersOf = (n: number) => events[n]!.filter(({ type }) => type === 'order');
  const total = (n: number) => ordersOf(n).reduce((sum, { amount }) => sum + Number(amount), 0);

  it('are the same at every run, each with a source of its own', () => {
    expect(eventsOn(TODAY)).toEqual(events);
    expect(eventsOn('2028-02-29')).not.toEqual(events);
    expect(new Set(all.map(({ sourceId }) => sourceId)).size).toBe(all.length);
  });

  it('have properties that their types take, named in the language of the reader', () => {
    const problems = all.flatMap(({ type, properties }) =>
      Object.entries(properties).flatMap(([key, value]) => {
        const property = eventTypes.get(type)?.properties.find((each) => each.key === key);
        const checked = property && checkValue(property, value, checkTools);
        return checked?.ok ? [] : [{ type, key, value }];
      }),
    );
    expect(problems).toEqual([]);
    const channels = (locale: 'zh-CN' | 'en') =>
      retail.events(0, TODAY, locale).map(({ properties }) => properties['channel']);
    expect([channels('zh-CN'), channels('en')]).toEqual([
      expect.arrayContaining(['APP']),
      expect.arrayContaining(['App']),
    ]);
  });

  it('tell a few thousand orders and visits, every one before the day that they are told from', () => {
    const [orders, visits] = ['order', 'store_visit'].map((wanted) => all.filter(({ type }) => type === wanted));
    for (const some of [orders!, visits!]) {
      expect(some.length).toBeGreaterThan(3_000);
      expect(some.length).toBeLessThan(10_000);
    }
    expect(Math.max(...all.map(({ at }) => Date.parse(at)))).toBeLessThan(Date.parse(TODAY));
  });

  it('agree with the fields: the last order is the last purchase, and no more is spent in a year than was', () => {
    const disagreeing = customers.flatMap((one, n) => {
      const days = ordersOf(n).map(({ at }) => at.slice(0, 10));
      const { orders, spend } = one;
      const isWhole = days.toSorted().at(-1) === one['last_purchase'] && total(n) <= Number(spend || Infinity);
      return isWhole && days.length <= Math.max(1, Number(orders)) ? [] : [{ n, days, spend, orders }];
    });
    expect(disagreeing).toEqual([]);
  });

  it('have who buys in a shop there at that time', () => {
    const visits = events.map((done) => new Set(done.filter(({ type }) => type === 'store_visit').map(({ at }) => at)));
    const bought = customers.flatMap((_, n) => ordersOf(n).map(({ at, properties }) => ({ n, at, properties })));
    const inStore = bought.filter(({ properties }) => properties['channel'] === '门店');
    expect(inStore.length).toBeGreaterThan(0);
    expect(inStore.filter(({ n, at }) => !visits[n]!.has(at))).toEqual([]);
  });
});
