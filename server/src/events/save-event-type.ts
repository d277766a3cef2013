import { eventsKey, sentence, type Problem } from '@kequn/rules';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { knownUsage } from '../fields/list-fields.ts';
import { brokenScopes } from '../fields/row-scopes.ts';
import { kept } from '../platform/rule-set.ts';
import { change } from '../platform/transaction.ts';
import { liveRules } from '../segments/live-rules.ts';
import { checkEventType } from './check-event-type.ts';
import { propertiesInUse } from './event-table.ts';
import { EventType, eventTypes, type EventProperty, type EventTypeInput } from './event-type.ts';

/**
 * Makes a type of events, or changes one: `properties` replaces the list, but what events tell keeps its type and cannot be left out.
 * Needs MANAGE_FIELDS.
 *
 * @throws {Refused} FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED with every issue, IN_USE with the active segments whose rules would break.
 */
export async function saveEventType(ctx: Context, input: EventTypeInput): Promise<EventType> {
  return change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_FIELDS');
    const known = await kept(tx, eventTypes);
    const before = known.get(input.key);
    if (before && !(await rightsOf(tx)).may(eventsKey, 'read')) throw refused('FORBIDDEN');
    if (!before && known.size >= limits.eventTypes) throw beyond('eventTypes');
    if ((input.properties?.length ?? 0) > limits.eventProperties) throw beyond('eventProperties');
    const { settings, problems } = checkEventType(input, before ?? { label: '', labels: {}, properties: [] });
    if (before) problems.push(...(await fixedProblems(tx, before, settings.properties)));
    if (problems.length > 0) throw invalid(problems);
    const version = (before?.version ?? 0) + 1;
    const after = Object.assign(new EventType(), settings, { key: input.key, version });
    await tx.manager.save(EventType, after);
    await requireWholeRules(tx);
    await recordAudit(tx, {
      action: before ? 'eventType.updated' : 'eventType.created',
      target: `eventType:${after.key}`,
      changes: { from: before ? publicPart(before) : null, to: publicPart(after) },
    });
    return after;
  });
}

/** A rule that is none any more would hold for nobody while its segment kept its members, and a scope would show nobody. */
async function requireWholeRules(tx: Transactional<Context>): Promise<void> {
  const { broken } = await kept(tx, liveRules);
  const { formulas } = await kept(tx, fieldCatalogue);
  const segments = broken.map(({ segment: { id, name } }) => ({ kind: 'segment', id, name }));
  const fields = formulas.broken.map(({ key, label }) => ({ kind: 'field', id: key, name: label }));
  const usedBy = [...segments, ...fields, ...(await brokenScopes(tx))];
  if (usedBy.length > 0) throw refused('IN_USE', { usedBy: usedBy.filter(knownUsage(await rightsOf(tx))) });
}

function beyond(limit: 'eventTypes' | 'eventProperties') {
  return refused('LIMIT_EXCEEDED', { limit, max: limits[limit] });
}

async function fixedProblems(
  { manager }: Transactional<Context>,
  before: EventType,
  after: readonly EventProperty[],
): Promise<Problem[]> {
  const isKept = ({ key, type }: EventProperty) => after.some((each) => each.key === key && each.type === type);
  const lost = before.properties.filter((property) => !isKept(property));
  const used = await propertiesInUse(
    manager,
    before.key,
    lost.map(({ key }) => key),
  );
  return lost.filter(({ key }) => used.has(key)).map((property) => fixed(property, after));
}

function fixed({ key, label }: EventProperty, after: readonly EventProperty[]): Problem {
  const index = after.findIndex((each) => each.key === key);
  const message = sentence(
    `已有事件用到属性「${label}」，不能删除，也不能改变类型`,
    `Events have the property “${label}”: it can be neither left out nor of another type`,
  );
  return { path: index < 0 ? 'properties' : `properties/${index}/type`, code: 'READ_ONLY', message };
}

function publicPart({ label, labels, properties }: EventType) {
  return { label, labels, properties };
}
