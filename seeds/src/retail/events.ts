import type { Json, Locale } from '@kequn/rules';
import { chanceOf, type Chance } from '../chance.ts';
import { dayBefore, daysBetween } from '../days.ts';
import type { TemplateCustomer, TemplateEvent } from '../template.ts';
import { customer } from './customer.ts';
import { fields } from './fields.ts';

/** Events are told of so many days; of the time before, the last purchase alone. */
const TOLD_DAYS = 100;
/** What somebody did has another chance than who she is. */
const OTHER_CHANCE = 1_000_000;

/** What is not yet numbered. */
type Deed = Omit<TemplateEvent, 'sourceId'>;

/** Whose deeds they are, and how they are told. */
interface Telling {
  readonly who: TemplateCustomer;
  readonly today: string;
  readonly locale: Locale;
  readonly chance: Chance;
}

/**
 * What the n-th customer did, as the fields of that day have it: the last order is of the day of the last purchase, those of a year are
 * no more and cost no more than the fields say, and who buys in a shop is there.
 */
export function events(n: number, today: string, locale: Locale): readonly TemplateEvent[] {
  const telling = { who: customer(n, today), today, locale, chance: chanceOf(n + OTHER_CHANCE) };
  const orders = ordersOf(telling);
  const numbered = (deed: Deed, index: number) => ({ ...deed, sourceId: `${telling.who['member_no']}-${index + 1}` });
  return [...orders, ...visitsOf(telling, orders)].map(numbered);
}

function ordersOf(telling: Telling): readonly Deed[] {
  const { who, today, chance } = telling;
  const last = who['last_purchase'];
  if (typeof last !== 'string') return [];
  const boughtAgo = daysBetween(last, today);
  const span = Math.max(0, Math.min(daysBetween(String(who['member_since']), today), 365) - boughtAgo);
  const shares = Array.from({ length: Math.max(1, Number(who['orders'])) }, () => chance.between(0.5, 1.5));
  // Whose last purchase is more than a year ago has no spend to divide.
  const spend = Number(who['spend']) || chance.whole(80, 900);
  const all = shares.reduce((sum, share) => sum + share, 0);
  return shares.flatMap((share, index) => {
    // Evenly over the year, give or take.
    const later = index === 0 ? 0 : (span * (index + chance.between(-0.5, 0.5))) / shares.length;
    const ago = Math.floor(boughtAgo + later);
    if (index > 0 && ago >= TOLD_DAYS) return [];
    return [order(telling, ago, Math.floor(((spend * share) / all) * 100) / 100)];
  });
}

function order({ who, today, locale, chance }: Telling, ago: number, amount: number): Deed {
  const usual = String(who['channel']);
  const channel = chance.isBelow(0.85) ? usual : chance.pick(['store', 'app', 'mini_program']);
  const properties = {
    channel: channelName(channel, locale),
    items: chance.whole(1, 2) + Math.min(8, Math.floor(amount / 250)),
    coupon: chance.isBelow(needs(who).includes('discount') ? 0.6 : 0.2),
  };
  return { type: 'order', at: instantOn(dayBefore(today, ago), who, chance), amount, properties };
}

/** The visits to shops: to buy there, and often the last one of all. */
function visitsOf(telling: Telling, orders: readonly Deed[]): readonly Deed[] {
  const { who, locale, chance } = telling;
  const inStore = orders.filter(({ properties }) => properties['channel'] === channelName('store', locale));
  const times = new Set(inStore.map(({ at }) => at));
  if (chance.isBelow(who['channel'] === 'store' ? 0.95 : 0.3)) times.add(String(who['last_visit']));
  return [...times].map((at) => ({ type: 'store_visit', at, amount: null, properties: visit(who, chance) }));
}

function visit(who: TemplateCustomer, chance: Chance): Deed['properties'] {
  return {
    minutes: Math.round(12 * Math.exp(0.6 * chance.normal())) + 3,
    advised: chance.isBelow(needs(who).includes('advice') ? 0.7 : 0.35),
  };
}

function needs(who: TemplateCustomer): readonly Json[] {
  return who['needs'] as readonly Json[];
}

/** On the day of the last visit it is of that visit. */
function instantOn(day: string, who: TemplateCustomer, chance: Chance): string {
  const visited = String(who['last_visit']);
  if (visited.startsWith(day)) return visited;
  const [hour, minute] = [chance.whole(0, 10), chance.whole(0, 59)].map((part) => String(part).padStart(2, '0'));
  return `${day}T${hour}:${minute}:00.000Z`;
}

const channels = fields.find(({ key }) => key === 'channel')!.options;

function channelName(key: string, locale: Locale): string {
  return channels.find((option) => option.key === key)!.labels[locale]!;
}
