import { Query, Resolver } from '@nestjs/graphql';
import { limits } from '../limits.ts';
import { JsonScalar } from './scalars.ts';

/** The limits of the server over GraphQL. */
@Resolver()
export class LimitsResolver {
  @Query(() => JsonScalar, { description: 'Every limit that the server enforces, by name.' })
  limits() {
    return limits;
  }
}
