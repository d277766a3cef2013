import {
  checkValue,
  codePoints,
  hasForbiddenCharacter,
  normalInstant,
  sentence,
  type Json,
  type Problem,
  type Value,
} from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { limits } from '../platform/limits.ts';
import { asField, type EventType } from './event-type.ts';
import type { Event, EventInput } from './event.ts';

/** What is known when an event is checked. */
export interface EventSurroundings {
  readonly types: ReadonlyMap<string, EventType>;
  /** The ids of those of its customers that there are for the viewer; locked. */
  readonly customers: ReadonlySet<string>;
  /** By the id of every user. */
  readonly users: ReadonlyMap<string, unknown>;
  readonly now: string;
}

/** What is told of an event; everything but its id. */
export type EventContent = Omit<Event, 'id'>;

/** How far an event may lie ahead, in milliseconds: a source whose clock or zone is off by less is believed. */
const furthestAhead = 24 * 60 * 60_000;
const amountField = asField({ key: 'amount', type: 'NUMBER', label: '' });

/** Checks an event and brings it to its normal form. `place` stands before the paths of what is wrong with it. */
export function checkEvent(
  input: EventInput,
  surroundings: EventSurroundings,
  place: string,
): { content: EventContent; problems: Problem[] } {
  const found: Problem[] = [];
  const customerId = input.customerId.toLowerCase();
  if (!surroundings.customers.has(customerId)) {
    found.push({ path: 'customerId', code: 'INVALID', message: sentence('没有这位客户', 'There is no such customer') });
  }
  const content = {
    customerId,
    type: input.type,
    at: instantIn(input.at, surroundings.now, found),
    amount: amountIn(input.amount ?? null, found),
    properties: propertiesIn(input, surroundings, found),
    sourceId: sourceIdIn(input.sourceId ?? null, found),
  };
  return { content, problems: found.map((problem) => ({ ...problem, path: place + problem.path })) };
}

function instantIn(raw: string, now: string, problems: Problem[]): string {
  const at = normalInstant(raw);
  const latest = new Date(Date.parse(now) + furthestAhead).toISOString();
  if (at === undefined) {
    problems.push({ path: 'at', code: 'INVALID', message: sentence('时间无效或没有时区', 'Not a valid instant') });
  } else if (at > latest) {
    const message = sentence('最多只能比现在晚一天', 'At most one day ahead of now');
    problems.push({ path: 'at', code: 'TOO_LARGE', message });
  }
  return at ?? raw;
}

function amountIn(raw: number | null, problems: Problem[]): number | null {
  const checked = checkValue(amountField, raw, checkTools);
  if (checked.ok) return checked.value as number | null;
  problems.push(...checked.problems);
  return null;
}

function propertiesIn(
  { type, properties }: EventInput,
  { types, users }: EventSurroundings,
  problems: Problem[],
): Record<string, Value> {
  const known = types.get(type);
  if (!known) {
    problems.push({ path: 'type', code: 'INVALID', message: sentence('没有这种事件', 'There is no such event type') });
    return {};
  }
  const raw = properties ?? {};
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    const message = sentence('应为各属性的值', 'Values by property key are expected');
    problems.push({ path: 'properties', code: 'WRONG_TYPE', message });
    return {};
  }
  const entries = Object.entries(raw as Record<string, Json>);
  const values = entries.map(([key, value]) => [key, valueIn(key, value, { type: known, users }, problems)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

function valueIn(
  key: string,
  raw: Json,
  { type, users }: { type: EventType; users: EventSurroundings['users'] },
  problems: Problem[],
): Value {
  const path = `properties/${key}`;
  const property = type.properties.find((each) => each.key === key);
  if (!property) {
    problems.push({ path, code: 'UNKNOWN_FIELD', message: sentence('没有这个属性', 'There is no such property') });
    return null;
  }
  const checked = checkValue(asField(property), raw, checkTools);
  if (!checked.ok) {
    problems.push(...checked.problems.map((problem) => ({ ...problem, path })));
    return null;
  }
  if (property.type === 'USER' && checked.value !== null && !users.has(String(checked.value))) {
    problems.push({ path, code: 'INVALID', message: sentence('没有这个用户', 'There is no such user') });
  }
  return checked.value;
}

/** As it was sent: it is another system's word, and only compared. */
function sourceIdIn(raw: string | null, problems: Problem[]): string | null {
  const path = 'sourceId';
  const most = limits.sourceIdLength;
  if (raw === '') {
    problems.push({ path, code: 'TOO_SHORT', message: sentence('来源编号不能为空', 'A source id is not empty') });
  } else if (raw !== null && codePoints(raw) > most) {
    problems.push({ path, code: 'TOO_LONG', message: sentence(`最多 ${most} 个字`, `At most ${most} characters`) });
  }
  if (raw !== null && hasForbiddenCharacter(raw, 'none')) {
    const message = sentence('含有不允许的字符', 'Holds a character that is not allowed');
    problems.push({ path, code: 'FORBIDDEN_CHARACTER', message });
  }
  return raw;
}
