import {
  commonProperties,
  fieldTypes,
  valueTypes,
  type Catalogue,
  type FieldDefinition,
  type FieldValueType,
  type Rule,
} from '@kequn/rules';
import type { Behaviour, FoldName, PropertyCondition } from './draft.ts';
import { compareAnew, isComplete, operatorsOf, writeComparison } from './operators.ts';

/** Every fold, and of which values it makes one. */
const takes: Readonly<Record<FoldName, (type: FieldValueType) => boolean>> = {
  count: () => false,
  sum: (type) => type === 'NUMBER',
  avg: (type) => type === 'NUMBER',
  min_of: (type) => valueTypes[type].ordering !== undefined,
  max_of: (type) => valueTypes[type].ordering !== undefined,
  first: () => true,
  last: () => true,
};

/** The folds as they are offered. */
export const foldNames = Object.keys(takes) as readonly FoldName[];

/** All that is told of the events of a type; nothing where there is no such type. */
export function propertiesOf(eventType: string, catalogue: Catalogue): readonly FieldDefinition[] {
  const type = catalogue.events?.get(eventType);
  return type ? [...commonProperties, ...type.properties] : [];
}

/** What a fold can take of the events of a type. */
export function propertiesFor(
  { eventType, fold }: Pick<Behaviour, 'eventType' | 'fold'>,
  catalogue: Catalogue,
): readonly FieldDefinition[] {
  return propertiesOf(eventType, catalogue).filter(({ type }) => takes[fold](fieldTypes[type].valueType));
}

/** What is asked of events that were just chosen: that there are some, and not long ago. */
export function newBehaviour(eventType: string): Behaviour {
  return { kind: 'behaviour', eventType, fold: 'count', property: null, period: [30, 'day'], conditions: [] };
}

/** The same asked of another type of events, as far as that tells the same; otherwise only how long ago. */
export function withEventType(behaviour: Behaviour, eventType: string, catalogue: Catalogue): Behaviour {
  const [before, after] = [behaviour.eventType, eventType].map((type) => propertiesOf(type, catalogue));
  const typeIn = (properties: readonly FieldDefinition[] | undefined, asked: string): string | undefined =>
    properties?.find(({ key }) => key === asked)?.type;
  const asked = [behaviour.property, ...behaviour.conditions.map(({ property }) => property)];
  const isTold = asked.every((key) => key === null || typeIn(before, key) === typeIn(after, key));
  return isTold ? { ...behaviour, eventType } : { ...newBehaviour(eventType), period: behaviour.period };
}

/** Another value made of the events: of the same property where that can be, otherwise of the amount, which every event has. */
export function withFold(behaviour: Behaviour, fold: FoldName, catalogue: Catalogue): Behaviour {
  if (fold === 'count') return { ...behaviour, fold, property: null };
  const kept = propertiesFor({ ...behaviour, fold }, catalogue).find(({ key }) => key === behaviour.property);
  return { ...behaviour, fold, property: kept?.key ?? 'amount' };
}

/** One more thing that each event has to meet, with nothing in it. */
export function addCondition(behaviour: Behaviour): Behaviour {
  const added: PropertyCondition = { property: null, operator: null, values: [] };
  return { ...behaviour, conditions: [...behaviour.conditions, added] };
}

/** Another condition in the place of one. */
export function putCondition(behaviour: Behaviour, index: number, condition: PropertyCondition): Behaviour {
  return { ...behaviour, conditions: behaviour.conditions.with(index, condition) };
}

/** Without one of the conditions. */
export function removeCondition(behaviour: Behaviour, index: number): Behaviour {
  return { ...behaviour, conditions: behaviour.conditions.toSpliced(index, 1) };
}

/** The condition about another property; how it compares stays as far as that fits. */
export function withProperty(
  condition: PropertyCondition,
  next: FieldDefinition,
  properties: readonly FieldDefinition[],
): PropertyCondition {
  const type = fieldTypes[next.type].valueType;
  const before = properties.find(({ key }) => key === condition.property);
  const keepsValues = before !== undefined && fieldTypes[before.type].valueType === type;
  return { property: next.key, ...compareAnew(condition, operatorsOf[type], keepsValues) };
}

/** Which part of a behaviour is not filled in. */
export function missingIn({ period, conditions }: Behaviour): 'period' | 'conditions' | undefined {
  if (period.includes(null)) return 'period';
  const isFilledIn = conditions.every((condition) => condition.property !== null && isComplete(condition));
  return isFilledIn ? undefined : 'conditions';
}

/** A behaviour as the value that it is in a rule. */
export function writeBehaviour({ eventType, fold, property, period, conditions }: Behaviour): Rule {
  const asked = conditions.map((condition) => writeComparison({ var: condition.property }, condition));
  if (period.length > 0) asked.unshift(writePeriod(period));
  const all: Rule = { var: `events.${eventType}` };
  const [only = null, ...others] = asked;
  const filtered: Rule = { filter: [all, others.length === 0 ? only : { and: asked }] };
  const list = asked.length === 0 ? all : filtered;
  return { [fold]: fold === 'count' ? [list] : [list, property] };
}

/** That an event is of the last so much time. */
export function writePeriod([count = null, unit = null]: Behaviour['period']): Rule {
  return { within_last: [{ var: 'at' }, count, unit] };
}
