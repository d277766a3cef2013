import { Field as Exposed, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { FormLayout } from '@kequn/rules';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import type { FormSettings } from './form-settings.ts';

/** A layout of fields with rules: a draft that is worked on, and the versions of it that were published. */
@ObjectType()
@Entity()
export class Form {
  @Exposed(() => ID) @PrimaryColumn('uuid') id: string;
  @Exposed(() => String) @Column('text') name: string;
  @Exposed(() => Int) @Column('int') version: number;
  /** The draft. */
  @Column('jsonb') layout: FormLayout;
  @Column('jsonb') settings: FormSettings;
  /** The number of the version that is filled now; null while it was never published. */
  @Column('int', { nullable: true }) publishedNumber: number | null;
  @Exposed(() => String, {
    nullable: true,
    description: 'Set while the form is public: GET /f/{publicSlug} serves it to anybody.',
  })
  @Column('text', { nullable: true })
  publicSlug: string | null;
  /** The version at which it was opened to everybody: nobody has looked at earlier ones for that; null while it is not. */
  @Column('int', { nullable: true }) publicFrom: number | null;
  @Column('timestamptz') createdAt: string;
  /** Set when it was deleted: what was answered keeps its name. */
  @Column('timestamptz', { nullable: true }) deletedAt: string | null;
}

/** What was published of a form at one time. */
@ObjectType()
@Entity()
export class FormVersion {
  @PrimaryColumn('uuid') formId: string;
  @Exposed(() => Int) @PrimaryColumn('int') number: number;
  @Column('jsonb') layout: FormLayout;
  @Column('jsonb') settings: FormSettings;
  @Exposed(() => Date) @Column('timestamptz') publishedAt: string;
  @Column('uuid', { nullable: true }) publishedBy: string | null;
}

/** A form as it is sent: creates without id; settings that are not given stay. */
@InputType()
export class FormInput {
  @Exposed(() => ID, { nullable: true }) id?: string | null;
  @Exposed(() => Int, { nullable: true }) version?: number | null;
  @Exposed(() => String) name: string;
  @Exposed(() => JsonScalar) layout: unknown;
  @Exposed(() => JsonScalar, { nullable: true }) settings?: unknown;
}
