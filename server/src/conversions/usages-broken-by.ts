import { checkForm, checkRule, computedType, fieldTypes, type Catalogue, type FormLayout } from '@kequn/rules';
import { rightsOf, roles } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue, withField, type FieldCatalogue } from '../fields/catalogue.ts';
import { askedByViewer } from '../fields/check-rule.ts';
import type { Field, Usage } from '../fields/field.ts';
import { knownUsage } from '../fields/list-fields.ts';
import { formCatalogue, withItems } from '../forms/form-catalogue.ts';
import type { FormSettings } from '../forms/form-settings.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';

/**
 * Refuses what would leave a rule without a meaning, before anything is written.
 *
 * @throws {Refused} IN_USE with what of it the viewer may know.
 */
export async function requireNothingBroken(tx: Transactional<Context>, after: Field): Promise<void> {
  const broken = await usagesBrokenBy(tx, after);
  if (broken.length === 0) return;
  const known = broken.filter(knownUsage(await rightsOf(tx)));
  throw refused('IN_USE', { usedBy: known.map(({ kind, id, name }) => ({ kind, id, name })) });
}

/** Everything with a rule that is one by the present fields, and would be none once a field is this one. */
async function usagesBrokenBy(tx: Transactional<Context>, after: Field): Promise<readonly Usage[]> {
  const before = await kept(tx, fieldCatalogue);
  const then = withField(before, after);
  const isBroken = (isSound: (catalogue: FieldCatalogue) => boolean) => isSound(before) && !isSound(then);
  const broken = (await usersOf(tx, after)).filter(({ isSound }) => isBroken(isSound));
  return [...broken.map(({ kind, id, name }) => ({ kind, id, name })), ...brokenFormulas(before, then)];
}

/** A formula is broken by what it reads, and by giving values of another type. */
function brokenFormulas(before: FieldCatalogue, then: FieldCatalogue): readonly Usage[] {
  const typesIn = ({ formulas }: FieldCatalogue) =>
    new Map(formulas.levels.flat().map(({ field, node }) => [field.key, computedType(node)]));
  const types = typesIn(then);
  return before.formulas.levels
    .flat()
    .filter(({ field }) => types.get(field.key) !== field.type)
    .map(({ field }) => ({ kind: 'field', id: field.key, name: field.label }));
}

/** Something with rules. */
interface User extends Usage {
  isSound(catalogue: FieldCatalogue): boolean;
}

async function usersOf(tx: Transactional<Context>, after: Field): Promise<readonly User[]> {
  const { fields } = await kept(tx, fieldCatalogue);
  const known = [...(await kept(tx, roles)).values()];
  const ruled = await tx.manager.query<(Usage & { rule: unknown })[]>(
    `select 'segment' as kind, id::text, name, rule from segment where deleted_at is null and rule is not null
     union all select 'retention', id::text, name, rule from retention_rule order by 1 desc, 3, 2`,
  );
  return [
    ...ruled.map((usage) => ({ ...usage, isSound: ({ rules }: FieldCatalogue) => isRule(usage.rule, rules) })),
    ...fields.filter((field) => field.key !== after.key && isRuled(field)).map(fieldUser),
    ...known.flatMap(({ role: { id, name, rowScope } }) =>
      rowScope === null
        ? []
        : [{ kind: 'role', id, name, isSound: ({ rules }: FieldCatalogue) => isRule(rowScope, askedByViewer(rules)) }],
    ),
    ...(await formUsers(tx)),
  ];
}

function isRule(rule: unknown, catalogue: Catalogue): boolean {
  return checkRule(rule, catalogue).ok;
}

function isRuled({ archived, validation }: Field): boolean {
  return !archived && validation.rule !== undefined;
}

function fieldUser({ key, label, validation }: Field): User {
  const isSound = ({ rules }: FieldCatalogue) =>
    isRule(validation.rule, { ...rules, events: undefined, segments: undefined });
  return { kind: 'field', id: key, name: label, isSound };
}

/** Forms by their drafts and by what is published of them. */
async function formUsers({ manager }: Transactional<Context>): Promise<readonly User[]> {
  const forms = await manager.query<(Usage & { layouts: FormLayout[]; settings: FormSettings })[]>(
    `select 'form' as kind, f.id::text, f.name, f.settings,
            case when v is null then jsonb_build_array(f.layout) else jsonb_build_array(f.layout, v.layout) end as layouts
       from form f left join form_version v on v.form_id = f.id and v.number = f.published_number
      where f.deleted_at is null order by f.name, f.id`,
  );
  return forms.map(({ layouts, settings, ...usage }) => ({
    ...usage,
    isSound: (catalogue) => layouts.every((layout) => isForm(layout, catalogue)) && canMatch(settings, catalogue),
  }));
}

function isForm(layout: FormLayout, catalogue: FieldCatalogue): boolean {
  const live = withItems(layout, (item) => !('field' in item) || catalogue.byKey.get(item.field)?.archived !== true);
  return checkForm(live, formCatalogue(catalogue, catalogue.rules)).ok;
}

/** That customers can be told by what answers are to be matched on. */
function canMatch({ matchOn = [] }: FormSettings, { byKey }: FieldCatalogue): boolean {
  return matchOn.every((key) => {
    const field = byKey.get(key);
    return field === undefined || fieldTypes[field.type].canBeUnique;
  });
}
