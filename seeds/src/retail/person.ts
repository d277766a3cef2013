import type { Chance } from '../chance.ts';
import { cities, type City } from './cities.ts';
import { nameOf, type Name } from './names.ts';

/** Who somebody is: what of a customer was there before she came. */
export interface Person {
  readonly gender: 'female' | 'male';
  readonly name: Name;
  /** In years and parts of a year. */
  readonly age: number;
  readonly city: City;
  readonly district: string;
  readonly occupation: string;
  /** In yuan a year. */
  readonly income: number;
}

interface Occupation {
  readonly weight: number;
  /** What it usually earns in a second-tier city in mid-career. */
  readonly income: number;
}

/** What people of working age do. */
const occupations: Readonly<Record<string, Occupation>> = {
  office: { weight: 30, income: 110_000 },
  engineer: { weight: 16, income: 190_000 },
  manager: { weight: 9, income: 300_000 },
  professional: { weight: 13, income: 170_000 },
  public: { weight: 10, income: 130_000 },
  service: { weight: 13, income: 75_000 },
  self_employed: { weight: 9, income: 160_000 },
};
const outsideOfWork = { student: 22_000, retired: 62_000 } as const;

const payOfCities: Readonly<Record<City['tier'], number>> = { first: 1.5, new_first: 1.2, second: 1, third: 0.8 };

/** Somebody. */
export function personOf(chance: Chance): Person {
  const gender = chance.isBelow(0.62) ? 'female' : 'male';
  const age = 18 + 56 * chance.number() ** 1.6;
  const city = chance.weighted(cities.map((each) => [each, each.weight] as const));
  const occupation = occupationAt(age, chance);
  return {
    gender,
    name: nameOf(gender, chance),
    age,
    city,
    district: chance.pick(city.districts),
    occupation,
    income: incomeOf(occupation, { age, city }, chance),
  };
}

function occupationAt(age: number, chance: Chance): string {
  if (age < 23 && chance.isBelow(0.8)) return 'student';
  if (age > 58 && chance.isBelow((age - 56) / 8)) return 'retired';
  return chance.weighted(Object.entries(occupations).map(([key, { weight }]) => [key, weight] as const));
}

function incomeOf(occupation: string, { age, city }: Pick<Person, 'age' | 'city'>, chance: Chance): number {
  const { student, retired } = outsideOfWork;
  const usual = occupations[occupation]?.income ?? (occupation === 'student' ? student : retired);
  // Incomes rise until the middle of the forties.
  const career = occupation in outsideOfWork ? 1 : 1.15 - ((age - 45) / 35) ** 2 * 0.6;
  return Math.round((usual * payOfCities[city.tier] * career * Math.exp(0.28 * chance.normal())) / 1_000) * 1_000;
}
