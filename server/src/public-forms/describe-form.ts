import type { FieldDefinition, FormLayout, HiddenValues, Rule } from '@kequn/rules';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { placedKeys } from '../forms/form-catalogue.ts';
import type { FormSettings } from '../forms/form-settings.ts';
import { varsIn } from '../forms/rule-vars.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import type { PublicForm } from './find-public-form.ts';
import { proofBits } from './proof-of-work.ts';

/** What a browser needs to let anybody fill a form, and nothing else. */
export interface FormDescription {
  readonly name: string;
  readonly version: number;
  readonly layout: FormLayout;
  readonly fields: readonly (FieldDefinition & { readonly help: string | null; readonly formula?: unknown })[];
  readonly hiddenValues: HiddenValues;
  readonly thanks?: FormSettings['thanks'];
  readonly consent?: FormSettings['consent'];
  /** So many leading zero bits the hash of an answer's key and proof has to have; 0: none is asked for. */
  readonly proofBits: number;
  /** The IANA zone in which days begin. */
  readonly timeZone: string;
}

/** Describes a public form: its layout and fields as anybody may know them. */
export async function describeForm(tx: Transactional<RequestContext>, form: PublicForm): Promise<FormDescription> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const fields = placedKeys(form.layout).flatMap((key) => byKey.get(key) ?? []);
  const { hiddenValues, thanks, consent, proofOfWork } = form.settings;
  return {
    name: form.name,
    version: form.number,
    layout: form.layout,
    fields: fields.map((field) => describeField(field, form)),
    hiddenValues,
    ...(thanks !== undefined && { thanks }),
    ...(consent !== undefined && { consent }),
    proofBits: proofOfWork ? proofBits : 0,
    timeZone: tx.database.timeZone,
  };
}

function describeField(field: Field, { rights }: PublicForm): FormDescription['fields'][number] {
  const { key, type, computed, label, labels, help, options, validation, required, formula } = field;
  return {
    key,
    type,
    computed,
    label,
    labels,
    help,
    options: options.filter(({ archived }) => !archived),
    // Its rule may read other fields: the server asks it.
    validation: { ...validation, rule: undefined },
    required,
    // Whether another customer has a value is told to nobody who fills a form.
    unique: false,
    archived: false,
    // A released one may be read though what it is made of may not.
    ...(computed && varsIn(formula as Rule).every((read) => rights.may(read, 'filter')) && { formula }),
  };
}
