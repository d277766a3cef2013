import {
  checkFormula,
  checkRule,
  fieldItemsOf,
  labelOf,
  sayFormula,
  sayRule,
  type Json,
  type Locale,
  type Rule,
} from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { layoutOf } from '../forms/form-sheet.ts';
import { useFormat } from '../i18n/format.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { useColleagues } from '../session/colleagues.ts';
import { useRoleNames } from '../users/role-names.ts';

/** Writes the value of a setting out, which goes by this name. */
export type TellSetting = (name: string, value: Json | undefined) => string;

type Held = Readonly<Record<string, Json>>;

/** Tells the settings of segments, fields, roles, users and event types in words. */
export function useTellSetting(): ComputedRef<TellSetting> {
  const t = useMessages();
  const format = useFormat();
  const catalogue = useCatalogue();
  const colleagues = useColleagues();
  const roles = useRoleNames();

  const wordOf = (words: object, key: Json): string => (words as Held)[String(key)]?.toString() ?? String(key);
  const fieldLabel = (key: Json): string => {
    const field = catalogue.byKey.get(String(key));
    return field ? labelOf(field, locale.value) : wordOf({ events: t.value.access.events }, key);
  };
  const listOf = (value: Json, tell: (item: Json) => string): string =>
    Array.isArray(value) ? format.value.list(value.map(tell)) : tell(value);

  function rule(value: Json): string {
    const checked = checkRule(value as Rule, catalogue.forLists);
    return checked.ok ? sayRule(checked.value, catalogue.reader) : t.value.audit.untoldRule;
  }

  function formula(value: Json): string {
    const checked = checkFormula(value, catalogue.forRules);
    return checked.ok ? sayFormula(checked.value, catalogue.reader) : t.value.audit.untoldRule;
  }

  /** What a role may do with a field, where each role has its own. */
  function given(value: Json): string {
    if (!isHeld(value)) return degree(value);
    return `${roles.names.get(String(value['roleId'])) ?? ''} ${degree(value['access'] ?? null)}`;
  }

  const degree = (value: Json): string => wordOf(t.value.access.degrees, value);
  const instant = (value: Json): string => format.value.instant(String(value));

  /** The settings that are not told by what they hold alone. */
  const special: Readonly<Record<string, (value: Json) => string>> = {
    rule,
    filter: rule,
    rowScope: rule,
    formula,
    defaultAccess: degree,
    access: (value) => listOf(value, given),
    capabilities: (value) => listOf(value, (one) => wordOf(t.value.access.capabilityNames, one)),
    ownerId: (value) => colleagues.names.get(String(value)) ?? t.value.audit.unknownUser,
    type: (value) => wordOf({ ...t.value.fields.types, FORMULA: t.value.audit.settings.formula }, value),
    kind: (value) => wordOf(t.value.audit.jobKinds, value),
    layout: (value) => listOf(fieldsOn(value), fieldLabel) || t.value.audit.nothing,
    accept: (value) => (value === 'IMAGE' ? t.value.fields.acceptImage : t.value.fields.acceptAny),
    hiddenValues: (value) => wordOf(t.value.forms.settings.policies, value),
    order: (value) => listOf(value, fieldLabel),
    columns: (value) => listOf(value, fieldLabel),
    // Ids differ most at their end.
    customerId: (value) => t.value.customers.unnamed(String(value).slice(-6)),
    formId: (value) => t.value.audit.form(String(value).slice(-6)),
    at: instant,
    fromInstant: instant,
    toInstant: instant,
    key: String,
  };

  function plain(value: Json): string {
    if (typeof value === 'boolean') return value ? t.value.common.yes : t.value.common.no;
    if (typeof value === 'number') return format.value.number(value);
    if (Array.isArray(value)) return listOf(value, plain);
    return isHeld(value) ? named(value, locale.value) : String(value);
  }

  return computed(() => (name, value) => {
    if (isNothing(value)) return name === 'rowScope' ? t.value.audit.everybody : t.value.audit.nothing;
    return (Object.hasOwn(special, name) ? special[name] : plain)?.(value) ?? '';
  });
}

/** The keys of the fields that a form places. */
function fieldsOn(layout: Json): readonly Json[] {
  return fieldItemsOf(layoutOf(layout)).map(({ part }) => part.field);
}

/** By what something with a label, or with a text per language, is called; otherwise all that it holds. */
function named(value: Held, language: Locale): string {
  const labels = (isHeld(value['labels'] ?? null) ? value['labels'] : value) as Held;
  const word = labels[language] ?? value['label'] ?? value['name'] ?? labels['zh-CN'] ?? labels['en'];
  return typeof word === 'string' && word !== '' ? word : Object.values(value).map(String).join(' ');
}

function isNothing(value: Json | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isHeld(value: Json): value is Held {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
