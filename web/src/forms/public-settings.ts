import { fieldTypes, type FormCatalogue, type FormText, type Json } from '@kequn/rules';
import { placedFields } from './form-tree.ts';
import { sorted, type FormSheet } from './form-sheet.ts';

/** What is set of the public form; it takes effect with the form that it is published with. */
export interface PublicSettings {
  /** Instants. */
  readonly opensAt?: string;
  readonly closesAt?: string;
  /** How many answers it takes, in all and of one person; what was typed where that is no number. */
  readonly limit?: Json;
  readonly perPerson?: Json;
  /** True for the one that there is: the server tells nobody what it is. */
  readonly password?: string | true;
  readonly thanks?: FormText;
  readonly consent?: FormText;
  /** The keys of the fields by which known customers are found; not given: by the unique ones, e-mails and phones. */
  readonly matchOn?: readonly string[];
  readonly proofOfWork?: boolean;
}

/** The settings of a sheet that are of the public form. */
export function publicSettings({ settings }: Pick<FormSheet, 'settings'>): PublicSettings {
  return settings as PublicSettings;
}

/** The settings with one of them set, or taken away where it is undefined; the same settings where that changes nothing. */
export function withSetting<Name extends keyof PublicSettings>(
  settings: FormSheet['settings'],
  name: Name,
  value: PublicSettings[Name] | undefined,
): FormSheet['settings'] {
  if (settings[name] === value) return settings;
  const { [name]: _former, ...others } = settings;
  return value === undefined ? others : { ...others, [name]: value as Json };
}

/** The keys of the fields on a form by which a known customer can be found, in reading order. */
export function matchable({ draft }: Pick<FormSheet, 'draft'>, { fields }: FormCatalogue): readonly string[] {
  return [...placedFields(draft)].filter((key) => {
    const field = fields.get(key);
    if (!field || field.computed) return false;
    const { canBeUnique, searchable } = fieldTypes[field.type];
    return field.unique || (canBeUnique && searchable);
  });
}

/** Those of them by which customers are found where nothing else is said. */
export function matchedByDefault(sheet: Pick<FormSheet, 'draft'>, catalogue: FormCatalogue): readonly string[] {
  return matchable(sheet, catalogue).filter((key) => {
    const field = catalogue.fields.get(key);
    return field?.unique || field?.type === 'EMAIL' || field?.type === 'PHONE';
  });
}

/** The settings of a form that are others than they were; of a password only whether there is one. */
export function changedSettings(before: Json, after: FormSheet['settings']): readonly SettingOfForm[] {
  const was = before as FormSheet['settings'];
  return settingsOfForm.filter((name) => sorted([was[name]]) !== sorted([after[name]]));
}

const settingsOfForm = [
  'hiddenValues',
  'opensAt',
  'closesAt',
  'limit',
  'perPerson',
  'password',
  'thanks',
  'consent',
  'matchOn',
  'proofOfWork',
] as const;

/** The name of something that is set of a form as a whole. */
export type SettingOfForm = (typeof settingsOfForm)[number];

/** Something that is wrong with a public setting. */
export type SettingProblem =
  | { readonly setting: 'closesAt' | 'limit' | 'perPerson' }
  /** A field that customers are to be found by, and that does not stand on the form any more. */
  | { readonly setting: 'matchOn'; readonly field: string };

/** Everything that keeps the public settings from being saved. */
export function settingProblems(
  sheet: Pick<FormSheet, 'settings' | 'draft'>,
  catalogue: FormCatalogue,
): readonly SettingProblem[] {
  const { opensAt, closesAt, limit, perPerson, matchOn = [] } = publicSettings(sheet);
  const possible = new Set(matchable(sheet, catalogue));
  return [
    ...(opensAt && closesAt && opensAt >= closesAt ? [{ setting: 'closesAt' } as const] : []),
    ...(isCount(limit) ? [] : [{ setting: 'limit' } as const]),
    ...(isCount(perPerson) ? [] : [{ setting: 'perPerson' } as const]),
    ...matchOn.filter((key) => !possible.has(key)).map((field) => ({ setting: 'matchOn', field }) as const),
  ];
}

function isCount(count: Json | undefined): boolean {
  return count === undefined || (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST);
}

/** So many the server takes at most. */
const MOST = 1_000_000_000;
