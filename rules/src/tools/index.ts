import type { CheckTools } from '../fields/check-tools.ts';
import { isPattern, matches } from './pattern.ts';
import { isPhoneCountry, phone, phoneCountry } from './phone.ts';
import { regions } from './regions.ts';

/** Everything that checking values takes; an entry of its own, since it is large. */
export const checkTools: CheckTools = { regions, phone, phoneCountry, isPhoneCountry, isPattern, matches };
