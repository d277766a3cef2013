import { eventsKey, fieldTypes, type Catalogue, type Rule } from '@kequn/rules';
import { foldNames, propertiesFor, propertiesOf, writeBehaviour, writePeriod } from './behaviour.ts';
import type { Behaviour, PropertyCondition, Subject } from './draft.ts';
import { operatorsOf } from './operators.ts';
import { drawOnField } from './draw-on-field.ts';
import { isLiteral, isSame, operation, readComparison, readValues, variableOf } from './patterns.ts';

/** What a value in a rule asks about; undefined where no line can draw that. */
export function drawSubject(rule: Rule, catalogue: Catalogue): Subject | undefined {
  const onField = drawOnField(rule, catalogue);
  if (onField) return onField;
  const behaviour = drawBehaviour(rule, catalogue);
  return behaviour && isSame(writeBehaviour(behaviour), rule) ? behaviour : undefined;
}

function drawBehaviour(rule: Rule, catalogue: Catalogue): Behaviour | undefined {
  const [key, [list = null, property = null] = []] = operation(rule) ?? [];
  const fold = foldNames.find((name) => name === key);
  const events = fold && drawEvents(list, catalogue);
  if (!events || !(property === null || typeof property === 'string')) return undefined;
  const isTaken = propertiesFor({ ...events, fold }, catalogue).some((one) => one.key === property);
  return isTaken || fold === 'count' ? { kind: 'behaviour', ...events, fold, property } : undefined;
}

type Events = Pick<Behaviour, 'eventType' | 'period' | 'conditions'>;

function drawEvents(list: Rule, catalogue: Catalogue): Events | undefined {
  const [key, [all = null, asked = null] = []] = operation(list) ?? [];
  const named = variableOf(key === 'filter' ? all : list);
  const eventType = named?.slice(eventsKey.length + 1) ?? '';
  if (!named?.startsWith(`${eventsKey}.`) || !catalogue.events?.has(eventType)) return undefined;
  const conditions = key === 'filter' ? joined(asked) : [];
  const period = readValues(writePeriod, 'window', conditions[0] ?? null);
  const drawn = (period ? conditions.slice(1) : conditions).map((one) => drawCondition(one, eventType, catalogue));
  if (!drawn.every((one) => one !== undefined)) return undefined;
  return { eventType, period: period ?? [], conditions: drawn };
}

/** What is joined by "and" in a condition over events. */
function joined(rule: Rule): readonly Rule[] {
  const [key, operands] = operation(rule) ?? [];
  return key === 'and' && operands ? operands : [rule];
}

function drawCondition(rule: Rule, eventType: string, catalogue: Catalogue): PropertyCondition | undefined {
  const read = readComparison(rule, (compared, values) => {
    if (!values.every(isLiteral)) return undefined;
    const property = propertiesOf(eventType, catalogue).find(({ key }) => key === variableOf(compared));
    return property && { compared: property.key, operators: operatorsOf[fieldTypes[property.type].valueType] };
  });
  return read && { property: read.compared, operator: read.operator, values: read.values };
}
