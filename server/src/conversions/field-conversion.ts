import type { FieldOption, FieldType, FieldValidation } from '@kequn/rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Field } from '../fields/field.ts';

/** What a change of type sets of a field. */
export interface TypedSettings {
  readonly type: FieldType;
  readonly options: FieldOption[];
  readonly validation: FieldValidation;
  readonly required: boolean;
  readonly unique: boolean;
}

/** The days within which a change of type can be undone. */
export const undoDays = 30;

/** That a field became of another type. */
@Entity()
export class FieldConversion {
  /** Also the name of the column in which stands what customers had before. */
  @PrimaryColumn('uuid') id: string;
  @Column('text') fieldKey: string;
  @Column('jsonb') from: TypedSettings;
  @Column('jsonb') to: TypedSettings;
  /** The organisation's zone by then, in which days began. */
  @Column('text') timeZone: string;
  @Column('timestamptz') at: string;
  @Column('uuid', { nullable: true }) by: string | null;
  @Column('int') converted: number;
  /** Values that did not become anything of the new type; once it is undone, those of them that were not given back. */
  @Column('int') setAside: number;
  /** The conversion that this one undoes. */
  @Column('uuid', { nullable: true }) undoes: string | null;
  @Column('timestamptz', { nullable: true }) undoneAt: string | null;
  /** When what customers had before was given up. */
  @Column('timestamptz', { nullable: true }) droppedAt: string | null;
}

/** What a change of type sets of a field, as it is now. */
export function typedSettings({ type, options, validation, required, unique }: Field): TypedSettings {
  return { type, options, validation, required, unique };
}
