import { fieldTypes, isFieldKey, sentence, type FieldType, type Problem } from '@kequn/rules';
import { checkFieldInput } from '../fields/check-field-input.ts';
import { labelIn } from '../platform/label-in.ts';
import { formulaType } from '../fields/field.ts';
import { asField, type EventProperty, type EventType, type EventTypeInput } from './event-type.ts';

/** The parts of an event type that people set, checked. */
export type EventTypeSettings = Pick<EventType, 'label' | 'labels' | 'properties'>;

/** What an event tells whatever its type is. */
const ownOfEvents = new Set(['at', 'amount', 'type']);

/** The settings that an input asks for on top of what the type has, and everything that is wrong with it. */
export function checkEventType(
  input: EventTypeInput,
  before: EventTypeSettings,
): { settings: EventTypeSettings; problems: Problem[] } {
  const named = { label: input.label, labels: input.labels };
  const blank = { ...asField({ key: '', type: 'TEXT', label: '' }), help: null, sensitive: false, released: false };
  // It is named as a field is.
  const { settings, problems } = checkFieldInput('TEXT', named, { ...blank, options: [], labels: before.labels });
  if (!isFieldKey(input.key)) problems.push(wrongKey('key'));
  const properties = input.properties ? propertiesIn(input.properties, problems) : before.properties;
  return { settings: { label: settings.label, labels: settings.labels, properties }, problems };
}

function propertiesIn(raw: readonly EventProperty[], problems: Problem[]): EventProperty[] {
  const keys = raw.map(({ key }) => key);
  return raw.map(({ key, type, label }, index) => {
    const place = `properties/${index}`;
    if (!isFieldKey(key) || ownOfEvents.has(key)) problems.push(wrongKey(`${place}/key`));
    if (keys.indexOf(key) < index) {
      const message = sentence('属性代码重复', 'This property key is there already');
      problems.push({ path: `${place}/key`, code: 'NOT_UNIQUE', message });
    }
    problems.push(...typeProblems(type, `${place}/type`));
    return { key, type, label: labelIn(`${place}/label`, label, problems) };
  });
}

function wrongKey(path: string): Problem {
  const message = sentence(
    '代码以小写字母开头，只含小写字母、数字和下划线，最多 41 个，且不能是保留字',
    'A key begins with a–z, holds a–z, 0–9 and _ only, at most 41 of them, and is no reserved word',
  );
  return { path, code: 'INVALID', message };
}

/** A property has no options to choose among, and a file is a customer's. */
function typeProblems(type: FieldType | typeof formulaType, path: string): Problem[] {
  if (type === formulaType) {
    const message = sentence('事件的属性不能由公式计算', 'A property of events cannot be computed');
    return [{ path, code: 'INVALID', message }];
  }
  const { label, valueType } = fieldTypes[type];
  if (type !== 'FILE' && valueType !== 'OPTION' && valueType !== 'OPTIONS') return [];
  const message = sentence(
    `事件的属性不能是「${label['zh-CN']}」`,
    `A property of events cannot be of the type “${label.en}”`,
  );
  return [{ path, code: 'INVALID', message }];
}
