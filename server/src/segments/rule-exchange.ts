import { Field as Exposed, ObjectType } from '@nestjs/graphql';
import { RuleScalar } from '../platform/graphql/scalars.ts';

/** A rule that came from another program, in the dialect of this one. */
@ObjectType()
export class ImportedRule {
  @Exposed(() => RuleScalar) rule: unknown;
  @Exposed(() => String, { description: 'The rule as a sentence in the reader’s language.' }) text: string;
}
