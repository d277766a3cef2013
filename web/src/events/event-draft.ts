import {
  checkValue,
  requiredProblem,
  type CheckTools,
  type FieldDefinition,
  type Json,
  type Locale,
} from '@kequn/rules';
import type { EventInput, EventPartsFragment } from '../api/generated/graphql.ts';
import { eventField, type EventType } from './event-types.ts';

/** An event while it is recorded or corrected. */
export interface EventDraft {
  readonly customerId: string;
  /** Null: it is a new one. */
  readonly id: string | null;
  readonly type: string | null;
  /** Instant and amount by their own keys, which no property can have, and the properties by theirs. */
  readonly entered: Readonly<Record<string, Json>>;
}

/** What is wrong with a draft, by the key of the entry. */
export type EventIssues = Readonly<Record<string, readonly string[]>>;

/** When it was. */
export const atField: FieldDefinition = { ...eventField('at', 'DATETIME'), required: true };
/** What it was worth. */
export const amountField: FieldDefinition = eventField('amount', 'NUMBER');

/** An event that is not recorded yet. */
export function newEventDraft(customerId: string, type: string | null, now: string): EventDraft {
  return { customerId, id: null, type, entered: { [atField.key]: now } };
}

/** An event that is recorded, to be corrected. */
export function eventDraftOf(customerId: string, event: EventPartsFragment): EventDraft {
  const { id, type, at, amount } = event;
  const properties = event.properties as EventDraft['entered'];
  return { customerId, id, type, entered: { ...properties, [atField.key]: at, [amountField.key]: amount ?? null } };
}

/** The draft with one entry made. */
export function enterInEvent(draft: EventDraft, key: string, value: Json): EventDraft {
  return { ...draft, entered: { ...draft.entered, [key]: value } };
}

/** Checks every entry that the type asks for, as the server will. */
export function checkEventDraft(
  { entered }: EventDraft,
  type: EventType,
  locale: Locale,
  tools: CheckTools,
): EventIssues {
  const found = [atField, amountField, ...type.properties].map((field) => {
    const value = entered[field.key] ?? null;
    const checked = checkValue(field, value, tools);
    const missing = field.required && value === null ? [requiredProblem(field)] : [];
    const problems = checked.ok ? missing : checked.problems;
    return [field.key, problems.map(({ message }) => message[locale])] as const;
  });
  return Object.fromEntries(found.filter(([, issues]) => issues.length > 0));
}

/** The draft as it is sent; what was entered for another type is left out. */
export function eventInputOf({ customerId, entered }: EventDraft, type: EventType): EventInput {
  const told = type.properties.map(({ key }) => [key, entered[key] ?? null] as const);
  return {
    customerId,
    type: type.key,
    at: String(entered[atField.key]),
    amount: (entered[amountField.key] ?? null) as number | null,
    properties: Object.fromEntries(told.filter(([, value]) => value !== null)),
  };
}

/** The key of the entry that a refusal tells of by `/0/properties/channel`, `properties/channel` or `at`. */
export function entryOf(path: string): string {
  return path.replace(/^\/0\//, '').replace(/^properties\//, '');
}
