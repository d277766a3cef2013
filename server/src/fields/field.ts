import { Field as Exposed, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  fieldTypes,
  systemFields,
  valueTypes,
  type FieldDefinition,
  type FieldType,
  type FieldValidation,
} from '@kequn/rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { JsonScalar, RuleScalar } from '../platform/graphql/scalars.ts';

const names = <T extends string>(record: Readonly<Record<T, unknown>>) =>
  Object.fromEntries(Object.keys(record).map((name) => [name, name])) as { [K in T]: K };

/** What the type of a field is called whose values a formula computes. */
export const formulaType = 'FORMULA';
/** The GraphQL enum of field types, from the one list of them. */
export const FieldTypeEnum = { ...names(fieldTypes), [formulaType]: formulaType } as const;
/** The GraphQL enum of value types: what rules see. */
export const ValueTypeEnum = names(valueTypes);

registerEnumType(FieldTypeEnum, { name: 'FieldType' });
registerEnumType(ValueTypeEnum, { name: 'ValueType' });

/** One choice of a SELECT or MULTI_SELECT field. */
@ObjectType()
export class FieldOption {
  @Exposed(() => ID) key: string;
  @Exposed(() => String) label: string;
  @Exposed(() => JsonScalar) labels: Record<string, string>;
  @Exposed(() => String, { nullable: true }) color: string | null;
  @Exposed(() => Boolean) archived: boolean;
}

/** A user-defined attribute of customers; archived, never dropped. System fields are made from the language's own list. */
@ObjectType()
@Entity()
export class Field implements FieldDefinition {
  @Exposed(() => ID) @PrimaryColumn('text') key: string;
  /** What its values are; the API names a computed one by that. */
  @Exposed(() => FieldTypeEnum)
  @Column('text')
  type: FieldType;
  @Column('boolean') computed: boolean;
  /** The rule that computes it, as it was sent; null of a computed field whose formula nobody's value has been computed by yet. */
  @Column('jsonb', { nullable: true })
  formula: unknown;
  @Exposed(() => Boolean, { description: 'Of a FORMULA: its values may be read though what it reads may not.' })
  @Column('boolean')
  released: boolean;
  @Column('text') label: string;
  @Exposed(() => JsonScalar, { description: 'Label per BCP 47 tag.' }) @Column('jsonb') labels: Record<string, string>;
  @Exposed(() => String, { nullable: true }) @Column('text', { nullable: true }) help: string | null;
  @Column('jsonb') options: FieldOption[];
  /** As it is stored; the resolver leaves out what the viewer may not know. */
  @Column('jsonb')
  validation: FieldValidation;
  @Exposed(() => Boolean) @Column('boolean') required: boolean;
  @Exposed(() => Boolean, { description: 'No two customers may have the same value.' })
  @Column('boolean')
  unique: boolean;
  @Exposed(() => Boolean, { description: 'Personal data that asks for care.' }) @Column('boolean') sensitive: boolean;
  @Exposed(() => Boolean) @Column('boolean') archived: boolean;
  @Exposed(() => Int) @Column('int') version: number;
  /** Where it stands among the fields, ascending. */
  @Column('int') position: number;
  @Exposed(() => Boolean) system: boolean = false;
}

/** The type of a field as the API names it. */
export function shownType({ type, computed }: Pick<Field, 'type' | 'computed'>): FieldType | typeof formulaType {
  return computed ? formulaType : type;
}

/** Usage of a field by something that names it. */
@ObjectType()
export class Usage {
  @Exposed(() => String) kind: string;
  @Exposed(() => ID) id: string;
  @Exposed(() => String) name: string;
}

/** The fields that every customer has from the start. */
export const systemFieldRows: readonly Field[] = systemFields.map((definition, index) =>
  Object.assign(new Field(), definition, {
    help: null,
    version: 1,
    position: index - systemFields.length,
    sensitive: false,
    computed: false,
    formula: null,
    released: false,
    system: true,
  }),
);

/** An option as it is sent. */
@InputType()
export class FieldOptionInput {
  @Exposed(() => ID) key: string;
  @Exposed(() => String) label: string;
  @Exposed(() => JsonScalar, { nullable: true }) labels?: unknown;
  @Exposed(() => String, { nullable: true }) color?: string | null;
  @Exposed(() => Boolean, { nullable: true, defaultValue: false }) archived?: boolean | null;
}

/** A field as it is sent: what is not given stays. */
@InputType()
export class FieldInput {
  @Exposed(() => ID, { nullable: true }) key?: string | null;
  @Exposed(() => FieldTypeEnum, { nullable: true }) type?: FieldType | typeof formulaType | null;
  @Exposed(() => String, { nullable: true }) label?: string | null;
  @Exposed(() => JsonScalar, { nullable: true }) labels?: unknown;
  @Exposed(() => String, { nullable: true }) help?: string | null;
  @Exposed(() => [FieldOptionInput], { nullable: true }) options?: FieldOptionInput[] | null;
  @Exposed(() => JsonScalar, { nullable: true }) validation?: unknown;
  @Exposed(() => Boolean, { nullable: true }) required?: boolean | null;
  @Exposed(() => Boolean, { nullable: true }) unique?: boolean | null;
  @Exposed(() => Boolean, { nullable: true }) sensitive?: boolean | null;
  @Exposed(() => RuleScalar, { nullable: true, description: 'Of a FORMULA: the Rule that computes it.' })
  formula?: unknown;
  @Exposed(() => Boolean, { nullable: true }) released?: boolean | null;
}
