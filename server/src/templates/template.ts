import { Field as Exposed, ID, ObjectType } from '@nestjs/graphql';
import type { FieldType, FormLayout } from '@kequn/rules';
import { FieldTypeEnum, type formulaType } from '../fields/field.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';

/** A field that a template makes. */
@ObjectType()
export class TemplateField {
  @Exposed(() => ID) key: string;
  @Exposed(() => FieldTypeEnum) type: FieldType | typeof formulaType;
  @Exposed(() => String) label: string;
  @Exposed(() => Boolean) sensitive: boolean;
  @Exposed(() => [String], { description: 'The names of its options.' }) options: readonly string[];
  @Exposed(() => Boolean, { description: 'That the viewer has such a field already, which is then used.' })
  isThere: boolean;
}

/** The form that a template makes. */
@ObjectType()
export class TemplateForm {
  @Exposed(() => String) name: string;
  @Exposed(() => JsonScalar) layout: FormLayout;
}

/** A segment that a template makes. */
@ObjectType()
export class TemplateSegment {
  @Exposed(() => ID) key: string;
  @Exposed(() => String) name: string;
  @Exposed(() => String) description: string;
  @Exposed(() => String, { description: "Its rule as a sentence in the reader's language." }) ruleText: string;
  @Exposed(() => Boolean, { description: 'That there is a segment of this key, which is then kept.' })
  isThere: boolean;
}

/** What a business of one trade begins with, as it is told before it is applied. */
@ObjectType()
export class Template {
  @Exposed(() => ID) key: string;
  @Exposed(() => String) name: string;
  @Exposed(() => String) description: string;
  @Exposed(() => String) trade: string;
  @Exposed(() => [ID], { description: 'The keys of its fields.' }) needs: readonly string[];
  @Exposed(() => [TemplateField]) fields: readonly TemplateField[];
  @Exposed(() => TemplateForm) form: TemplateForm;
  @Exposed(() => [TemplateSegment]) segments: readonly TemplateSegment[];
}
