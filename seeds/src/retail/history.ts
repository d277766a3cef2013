import type { Chance } from '../chance.ts';
import type { Person } from './person.ts';

/** What somebody bought and how she stands to the shop; days are counted back from today. */
export interface History {
  readonly memberFor: number;
  readonly visitedAgo: number;
  /** Undefined for somebody who never bought. */
  readonly boughtAgo: number | undefined;
  /** Both of the last 365 days. */
  readonly orders: number;
  readonly spend: number;
  readonly tier: string;
  readonly satisfaction: number;
  readonly churnRisk: number;
  readonly lifecycle: string;
}

/** The history of a person: means make spend, spend makes the tier, and absence is the risk of leaving. */
export function historyOf(person: Person, chance: Chance): History {
  const visitedAgo = Math.round(daysAway(chance));
  const joined = visitedAgo + 1_100 * chance.number() ** 2;
  const memberFor = Math.round(Math.max(visitedAgo, Math.min(joined, (person.age - 16) * 365)));
  const isProspect = chance.isBelow(memberFor < 200 ? 0.22 : 0.03);
  // Who visits does not always buy, but nobody bought before she was a member.
  const boughtAgo = isProspect ? undefined : Math.min(memberFor, visitedAgo + Math.round(25 * chance.number() ** 2));
  const bought = purchasesOf(person, { memberFor, boughtAgo }, chance);
  const satisfaction = clamp(Math.round(4.2 - visitedAgo / 150 + 0.7 * chance.normal()), 1, 5);
  const risk = 1 / (1 + Math.exp(-(visitedAgo - 110) / 40 + (satisfaction - 3) * 0.4 + 0.4 * chance.normal()));
  return {
    memberFor,
    visitedAgo,
    boughtAgo,
    ...bought,
    tier: tierOf(bought.spend * Math.exp(0.2 * chance.normal())),
    satisfaction,
    churnRisk: Math.round(risk * 1_000) / 10,
    lifecycle: lifecycleOf({ memberFor, boughtAgo, orders: bought.orders }, chance),
  };
}

/** Most were here lately, some stay away, and some have not come for years. */
function daysAway(chance: Chance): number {
  const usual = chance.weighted([
    [14, 50],
    [50, 22],
    [150, 18],
    [420, 10],
  ]);
  return clamp(-Math.log(1 - chance.number()) * usual, 1, 1_000);
}

type Membership = Pick<History, 'memberFor' | 'boughtAgo'>;

function purchasesOf(
  { income }: Person,
  { memberFor, boughtAgo }: Membership,
  chance: Chance,
): Pick<History, 'orders' | 'spend'> {
  const basket = 60 + (income / 1_000) * chance.between(0.6, 2.2);
  const fullYear = income * 0.055 * Math.exp(0.7 * chance.normal());
  if (boughtAgo === undefined || boughtAgo >= 365) return { orders: 0, spend: 0 };
  const shareOfYear = (Math.min(memberFor, 365) - boughtAgo) / 365;
  const orders = Math.max(1, Math.round((fullYear * shareOfYear) / basket));
  return { orders, spend: Math.round(orders * basket * chance.between(0.85, 1.15) * 100) / 100 };
}

function tierOf(spend: number): string {
  if (spend >= 24_000) return 'diamond';
  if (spend >= 10_000) return 'gold';
  return spend >= 3_500 ? 'silver' : 'basic';
}

function lifecycleOf({ memberFor, boughtAgo, orders }: Membership & Pick<History, 'orders'>, chance: Chance): string {
  if (boughtAgo === undefined) return 'prospect';
  if (boughtAgo > 240) return 'lost';
  if (boughtAgo > 90) return 'silent';
  if (orders === 1 && memberFor < 180) return 'first_purchase';
  return memberFor > 400 && chance.isBelow(0.08) ? 'won_back' : 'active';
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
