import { hiddenValuePolicies, normalInstant, type FormText, type HiddenValues } from '@kequn/rules';
import { z } from 'zod';
import { formTextSchema } from './layout-schema.ts';

/** What is set of a form beside its layout, as it is stored. */
export interface FormSettings {
  /** What becomes of the values of parts that a rule hides. */
  readonly hiddenValues: HiddenValues;
  /** Instants between which the public form is open. */
  readonly opensAt?: string | undefined;
  readonly closesAt?: string | undefined;
  /** So many answers it takes in all, and of one person. */
  readonly limit?: number | undefined;
  readonly perPerson?: number | undefined;
  /** Argon2 of the password that is asked for before the public form is shown. */
  readonly passwordHash?: string | undefined;
  /** What is shown once it was sent. */
  readonly thanks?: FormText | undefined;
  /** What has to be agreed to before it is sent. */
  readonly consent?: FormText | undefined;
  /** The keys of the fields by which an answer is found to be of a known customer; not given: every field that is unique, an e-mail or a phone. */
  readonly matchOn?: readonly string[] | undefined;
  /** Whether the browser has to reckon for a moment before an answer is taken. */
  readonly proofOfWork?: boolean | undefined;
}

/** What a form has until something else is set. */
export const defaultSettings: FormSettings = { hiddenValues: 'KEEP' };

const instant = z
  .string()
  .refine((raw) => normalInstant(raw) !== undefined)
  .transform((raw) => normalInstant(raw));
const several = z.int().min(1).max(1_000_000_000);

/** The shape of settings as they are sent: of the password the text, or `true` for the one that there is. */
export const settingsSchema = z.strictObject({
  hiddenValues: z.enum(hiddenValuePolicies).default('KEEP'),
  opensAt: instant.nullish(),
  closesAt: instant.nullish(),
  limit: several.nullish(),
  perPerson: several.nullish(),
  password: z.union([z.literal(true), z.string().min(4).max(128)]).nullish(),
  thanks: formTextSchema.nullish(),
  consent: formTextSchema.nullish(),
  matchOn: z.array(z.string()).max(10).nullish(),
  proofOfWork: z.boolean().nullish(),
});

/** Settings as they are sent, of the right shape. */
export type SentSettings = z.infer<typeof settingsSchema>;

/** Settings without the fields that somebody may not know of. */
export function knownSettings(settings: FormSettings, mayKnow: (key: string) => boolean): FormSettings {
  return settings.matchOn ? { ...settings, matchOn: settings.matchOn.filter(mayKnow) } : settings;
}

/** Settings as they are told: of a password only that there is one. */
export function shownSettings({ passwordHash, ...settings }: FormSettings): object {
  return passwordHash === undefined ? settings : { ...settings, password: true };
}
