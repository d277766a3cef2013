import type { Template } from '../template.ts';
import { customer } from './customer.ts';
import { fields } from './fields.ts';
import { segments } from './segments.ts';

/** A retailer with shops and an app: 25 fields, 2,000 customers, 12 segments. */
export const retail: Template = { fields, segments, customers: 2_000, customer };
