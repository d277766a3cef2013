import {
  fieldItemsOf,
  isFieldItem,
  partsOf,
  type FieldItem,
  type FormItem,
  type FormLayout,
  type FormPage,
  type FormSection,
} from '@kequn/rules';
import type { FieldAccess } from '../api/generated/graphql.ts';
import type { ChangedSetting } from './layout-difference.ts';

/** A form as one role alone fills it: the layout that it gets, and what it may do with each field that was placed. */
export interface FormForRole {
  readonly roleId: string;
  readonly layout: FormLayout;
  readonly access: ReadonlyMap<string, FieldAccess>;
}

/** Rules of a part that are not asked for a role, since it may not read what they read. */
export interface UnaskedRules {
  /** The place of the part among all pages, sections and items in reading order, from 0. */
  readonly at: number;
  readonly rules: readonly Exclude<ChangedSetting, 'words' | 'required'>[];
}

/** How a form differs for a role from how it was designed; fields by their keys. */
export interface RoleView {
  readonly hidden: readonly string[];
  readonly masked: readonly string[];
  /** Seen, and not written though people enter it. */
  readonly readOnly: readonly string[];
  readonly unasked: readonly UnaskedRules[];
}

/** Compares a form as it was designed with how a role gets it. */
export function roleView(
  layout: FormLayout,
  { layout: shown, access }: Pick<FormForRole, 'layout' | 'access'>,
  isComputed: (key: string) => boolean,
): RoleView {
  const items = fieldItemsOf(layout).map(({ part }) => part);
  const keysWith = (degree: FieldAccess): readonly string[] =>
    items.filter(({ field }) => access.get(field) === degree).map(({ field }) => field);
  const entered = new Set(items.filter((item) => item.compute === undefined && !isComputed(item.field)).map(keyOf));
  return {
    hidden: keysWith('HIDDEN'),
    masked: keysWith('MASKED'),
    readOnly: keysWith('READ').filter((key) => entered.has(key)),
    unasked: unaskedRules(layout, shown),
  };
}

/** Whether a role gets a form just as it was designed. */
export function isAsDesigned({ hidden, masked, readOnly, unasked }: RoleView): boolean {
  return hidden.length + masked.length + readOnly.length + unasked.length === 0;
}

function keyOf({ field }: FieldItem): string {
  return field;
}

/** What a role gets lacks fields and rules, and nothing else: the parts that are there stand in the same order. */
function unaskedRules(layout: FormLayout, shown: FormLayout): readonly UnaskedRules[] {
  const keys = new Set(fieldItemsOf(shown).map(({ part }) => part.field));
  const gets = partsOf(shown).values();
  return partsOf(layout).flatMap(({ part }, at) => {
    if (isFieldItem(part) && !keys.has(part.field)) return [];
    const rules = missingRules(part, gets.next().value?.part ?? part);
    return rules.length > 0 ? [{ at, rules }] : [];
  });
}

type Part = FormPage | FormSection | FormItem;

function missingRules(is: Part, gets: Part): UnaskedRules['rules'] {
  const names = ['visibleWhen', 'requiredWhen', 'readOnlyWhen', 'default', 'compute'] as const;
  const [whole, left] = [is as Partial<FieldItem>, gets as Partial<FieldItem>];
  const missing = names.filter((name) => whole[name] !== undefined && left[name] === undefined);
  const optionsOf = ({ optionsWhen = {} }: Partial<FieldItem>): number => Object.keys(optionsWhen).length;
  return optionsOf(left) < optionsOf(whole) ? [...missing, 'optionsWhen'] : missing;
}
