import type { Rule } from '@kequn/rules';
import { z } from 'zod';
import { limits } from '../platform/limits.ts';

/** The shape of a text of a form. */
export const formTextSchema = z
  .union([z.string().max(limits.formText), z.record(z.string().max(35), z.string().max(limits.formText))])
  .meta({ description: 'A text, or one by BCP 47 tag.' });
const anyRule = z.custom<Rule>().meta({ description: 'A rule: JSON-logic in the typed dialect.' });
const rule = anyRule.optional();
const visibleWhen = rule;

const fieldItem = z.strictObject({
  field: z.string(),
  label: formTextSchema.optional(),
  help: formTextSchema.optional(),
  required: z.boolean().optional(),
  visibleWhen,
  requiredWhen: rule,
  readOnlyWhen: rule,
  default: rule,
  compute: rule,
  optionsWhen: z.record(z.string(), anyRule).optional(),
});
const textItem = z.strictObject({ text: formTextSchema, visibleWhen });
const dividerItem = z.strictObject({ divider: z.literal(true), visibleWhen });

const section = z.strictObject({
  title: formTextSchema.optional(),
  visibleWhen,
  columns: z
    .array(z.strictObject({ items: z.array(z.union([fieldItem, textItem, dividerItem])).max(limits.formItems) }))
    .min(1)
    .max(limits.formColumns),
});
const page = z.strictObject({
  title: formTextSchema.optional(),
  visibleWhen,
  sections: z.array(section).max(limits.formSections),
});

/** The shape of a layout; what its fields and rules may be is asked by `checkForm`. */
export const layoutSchema = z.strictObject({ pages: z.array(page).min(1).max(limits.formPages) });
