import type { Chance } from '../chance.ts';
import type { Person } from './person.ts';

/** What somebody likes and how she shops. */
export interface Taste {
  readonly interests: readonly string[];
  readonly style: string;
  readonly channel: string;
  readonly categories: readonly string[];
  readonly needs: readonly string[];
}

/** The taste of a person: it goes by age, sex and means. */
export function tasteOf(person: Person, chance: Chance): Taste {
  const interests = interestsOf(person, chance);
  const style = styleOf(person, chance);
  return {
    interests,
    style,
    channel: channelOf(person, chance),
    categories: categoriesOf(person, new Set(interests), chance),
    needs: needsOf(style, person, chance),
  };
}

function interestsOf({ age, gender }: Person, chance: Chance): readonly string[] {
  const [isYoung, isFemale] = [age < 35, gender === 'female'];
  return chance.some([
    ['sports', isYoung ? 0.35 : 0.18],
    ['outdoor', isYoung ? 0.24 : 0.15],
    ['travel', 0.35],
    ['food', 0.42],
    ['fashion', isFemale ? (isYoung ? 0.5 : 0.28) : 0.12],
    ['parenting', age > 26 && age < 46 ? 0.38 : 0.04],
    ['gadgets', isFemale ? 0.12 : 0.4],
    ['reading', 0.2],
    ['gardening', age > 50 ? 0.4 : 0.06],
  ]);
}

function styleOf({ income, age }: Person, chance: Chance): string {
  const isWealthy = income > 220_000;
  return chance.weighted([
    ['price', isWealthy ? 15 : 45],
    ['quality', isWealthy ? 45 : 25],
    ['brand', isWealthy ? 25 : 12],
    ['novelty', age < 30 ? 25 : 8],
  ]);
}

function channelOf({ age }: Person, chance: Chance): string {
  const isYoung = age < 35;
  return chance.weighted([
    ['store', age > 50 ? 55 : 22],
    ['app', isYoung ? 34 : 20],
    ['mini_program', age > 60 ? 10 : 26],
    ['livestream', isYoung ? 14 : 7],
    ['marketplace', 16],
  ]);
}

function categoriesOf({ age, gender }: Person, interests: ReadonlySet<string>, chance: Chance): readonly string[] {
  const isFemale = gender === 'female';
  return chance.some([
    ['apparel', interests.has('fashion') ? 0.75 : 0.3],
    ['beauty', isFemale ? 0.5 : 0.1],
    ['home', age > 28 ? 0.35 : 0.15],
    ['groceries', interests.has('food') ? 0.6 : 0.35],
    ['electronics', interests.has('gadgets') ? 0.7 : 0.15],
    ['baby', interests.has('parenting') ? 0.65 : 0.03],
    ['sporting', interests.has('sports') || interests.has('outdoor') ? 0.6 : 0.06],
    ['health', age > 50 ? 0.5 : 0.12],
  ]);
}

function needsOf(style: string, { age }: Person, chance: Chance): readonly string[] {
  return chance.some([
    ['discount', style === 'price' ? 0.8 : 0.25],
    ['advice', age > 50 || style === 'quality' ? 0.35 : 0.15],
    ['delivery', age < 40 ? 0.35 : 0.18],
    ['after_sales', style === 'quality' ? 0.4 : 0.18],
    ['gift', 0.14],
    ['news', style === 'novelty' ? 0.7 : 0.15],
  ]);
}
