import { pictureWidths, type Rule } from '@kequn/rules';
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

const pictureItem = z.strictObject({
  picture: z.string().max(100).meta({ description: 'The id of a picture; in a document its name in `pictures`.' }),
  alt: formTextSchema.optional().meta({ description: "What is told to who does not see it; '' for a decoration." }),
  width: z.enum(pictureWidths).optional().meta({ description: 'FULL where none is given.' }),
  visibleWhen,
});

const item = z.union([fieldItem, textItem, dividerItem, pictureItem]);
const section = z.strictObject({
  title: formTextSchema.optional(),
  visibleWhen,
  columns: z
    .array(z.strictObject({ items: z.array(item).max(limits.formItems) }))
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
