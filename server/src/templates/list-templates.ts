import { catalogueOf, checkRule, labelOf, sayRule, type Catalogue } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { templates, type TradeTemplate } from '@kequn/seeds';
import type { Context } from '../access/viewer.ts';
import { formulaType } from '../fields/field.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import { chooseKeys } from './choose-keys.ts';
import type { Template, TemplateField, TemplateSegment } from './template.ts';

/** Every template, with what of it is there already as far as the viewer may know. */
export async function listTemplates(ctx: Context): Promise<readonly Template[]> {
  return read(ctx, async (tx) => {
    const known = await tx.manager.query<{ key: string }[]>('select key from segment where deleted_at is null');
    const segments = new Set(known.map(({ key }) => key));
    const told: Template[] = [];
    for (const template of templates) told.push(await tell(tx, template, segments));
    return told;
  });
}

async function tell(
  tx: Transactional<Context>,
  template: TradeTemplate,
  segments: ReadonlySet<string>,
): Promise<Template> {
  const { key, name, description, trade, fields, form } = template;
  const { locale } = tx;
  return {
    key,
    name: name[locale],
    description: description[locale],
    trade: trade[locale],
    needs: fields.map((field) => field.key),
    fields: await fieldsOf(tx, template),
    form: { name: form.name[locale], layout: form.layout },
    segments: segmentsOf(tx, template, segments),
  };
}

async function fieldsOf(tx: Transactional<Context>, template: TradeTemplate): Promise<readonly TemplateField[]> {
  return (await chooseKeys(tx, template)).map(({ field, isThere }) => ({
    key: field.key,
    type: field.formula === undefined ? field.type : formulaType,
    label: labelOf(field, tx.locale),
    sensitive: field.sensitive,
    options: field.options.map((option) => labelOf(option, tx.locale)),
    isThere,
  }));
}

function segmentsOf(
  { locale, database }: Context,
  { fields, segments }: TradeTemplate,
  known: ReadonlySet<string>,
): readonly TemplateSegment[] {
  const catalogue = catalogueOf(fields, new Map(), database.timeZone, checkTools.regions);
  return segments.map(({ key, name, description, rule }) => ({
    key,
    name: name[locale],
    description: description[locale],
    ruleText: say(rule, { ...catalogue, locale }),
    isThere: known.has(key),
  }));
}

function say(rule: unknown, reader: Catalogue & Pick<Context, 'locale'>): string {
  const outcome = checkRule(rule, reader);
  if (!outcome.ok) throw new Error('The rules of templates are checked when they are built');
  return sayRule(outcome.value, reader);
}
