import { Field as Exposed, ID, Int, ObjectType } from '@nestjs/graphql';
import { FieldTypeEnum } from '../fields/field.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';

/** One value of a field and what it would become. */
@ObjectType()
export class ConversionSample {
  @Exposed(() => ID) customerId: string;
  @Exposed(() => JsonScalar) from: unknown;
  @Exposed(() => JsonScalar, { nullable: true, description: 'null where nothing would become of it.' }) to: unknown;
  @Exposed(() => String, { nullable: true, description: 'Why nothing would, in the language of the caller.' })
  problem: string | null;
}

/** What would become of the values of a field, were it of another type. */
@ObjectType()
export class ConversionPreview {
  @Exposed(() => Int) converting: number;
  @Exposed(() => Int) failing: number;
  @Exposed(() => [ConversionSample], { description: 'At most 20, of different values.' })
  convertingSamples: ConversionSample[];
  @Exposed(() => [ConversionSample], { description: 'At most 20, of different values.' })
  failingSamples: ConversionSample[];
  @Exposed(() => [String], {
    description:
      'Of a choice: up to 50 texts that customers have and that name no option, those of most customers first.',
  })
  proposedOptions: string[];
  @Exposed(() => Boolean, { description: 'Whether the change would be made by a job, since there are many customers.' })
  byJob: boolean;
}

/** A value that a change of type has set aside. */
@ObjectType()
export class SetAsideValue {
  @Exposed(() => ID) customerId: string;
  @Exposed(() => JsonScalar) value: unknown;
}

/** That a field became of another type. */
@ObjectType()
export class Conversion {
  @Exposed(() => ID) id: string;
  @Exposed(() => FieldTypeEnum) from: string;
  @Exposed(() => FieldTypeEnum) to: string;
  @Exposed(() => Date) at: string;
  by: string | null;
  @Exposed(() => Int) converted: number;
  @Exposed(() => Int, {
    description: 'Values of which nothing became; once it is undone, those that were not given back.',
  })
  setAside: number;
  @Exposed(() => Date, { nullable: true }) undoneAt: string | null;
  @Exposed(() => Boolean, { description: 'Whether it can be undone now: the last one of the field, for 30 days.' })
  undoable: boolean;
}
