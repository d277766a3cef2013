import type { Template } from '../template.ts';
import { customer } from './customer.ts';
import { eventTypes } from './event-types.ts';
import { events } from './events.ts';
import { fields } from './fields.ts';
import { segments } from './segments.ts';

/** A retailer with shops and an app: 25 fields, 2,000 customers, what they bought and where they were, 14 segments. */
export const retail: Template = { fields, eventTypes, segments, customers: 2_000, customer, events };
