import { customersGuards } from './gate/customers-guards.ts';
import { formsGuards } from './gate/forms-guards.ts';
import { recordsGuards } from './gate/records-guards.ts';
import { retentionGuards } from './gate/retention-guards.ts';
import { rightsGuards } from './gate/rights-guards.ts';
import { submissionsGuards } from './gate/submissions-guards.ts';
import type { Guard } from './guards.ts';

/** Every single call of the gate on a way to data: without it somebody would see, find out or do what they may not. */
export const gateGuards: readonly Guard[] = [
  ...customersGuards,
  ...rightsGuards,
  ...recordsGuards,
  ...retentionGuards,
  ...formsGuards,
  ...submissionsGuards,
];
