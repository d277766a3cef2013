import type { FieldType } from '@kequn/rules';
import { z } from 'zod';
import { FieldTypeEnum, type formulaType } from '../fields/field.ts';
import { settingsSchema } from '../forms/form-settings.ts';
import { layoutSchema } from '../forms/layout-schema.ts';
import { limits } from '../platform/limits.ts';

/** What a document of ours says that it is, and by which edition of this shape it is written. */
export const [documentFormat, documentVersion] = ['kequn-form', 1] as const;

const labels = z.record(z.string(), z.string()).meta({ description: 'Names by BCP 47 tag.' });
const optionSchema = z.strictObject({
  key: z.string(),
  label: z.string(),
  labels: labels.optional(),
  color: z.string().nullish(),
  archived: z.boolean().optional(),
});

const fieldSchema = z.strictObject({
  key: z.string(),
  type: z.enum(Object.keys(FieldTypeEnum) as (FieldType | typeof formulaType)[]),
  label: z.string(),
  labels: labels.optional(),
  help: z.string().nullish(),
  options: z.array(optionSchema).max(limits.options).optional(),
  validation: z.record(z.string(), z.unknown()).optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  formula: z.unknown().optional().meta({ description: 'Of a FORMULA: the rule that computes it.' }),
});

const pictureSchema = z.strictObject({
  name: z.string().meta({ description: 'The name of its file.' }),
  data: z.base64().meta({ description: 'PNG, JPEG, GIF or WebP.' }),
});

/** The shape of a form as a document; what its fields and rules may be is asked as of one that is saved. */
export const documentSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(documentFormat),
  version: z.literal(documentVersion),
  name: z.string(),
  layout: layoutSchema,
  settings: settingsSchema.omit({ password: true }),
  fields: z
    .array(fieldSchema)
    .max(limits.fields)
    .meta({ description: 'The fields that the form places or reads; what one reads stands before it.' }),
  pictures: z
    .record(z.string(), pictureSchema)
    .optional()
    .meta({ description: 'The pictures that the layout names, by the names that it gives them.' }),
});

/** A picture in a document. */
export type DocumentPicture = z.infer<typeof pictureSchema>;

/** The definition of a field in a document. */
export type DocumentField = z.infer<typeof fieldSchema>;

/** Where the JSON Schema of documents is served. */
export const schemaAddress = '/schemas/form.json';

/** The JSON Schema (2020-12) of documents. */
export function documentJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(documentSchema, { unrepresentable: 'any', io: 'input' });
  return { $schema, $id: schemaAddress, title: 'A form of Kequn', ...schema };
}
