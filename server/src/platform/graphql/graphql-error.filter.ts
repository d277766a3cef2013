import { Catch, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/** Hands whatever a resolver throws on to Apollo, whose plugin answers and logs it: Nest would log it once more, refusals too. */
@Catch()
export class GraphqlErrorFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    // oxlint-disable-next-line promise/valid-params, promise/no-promise-in-callback -- Nest's method, not a promise's
    return host.getType<string>() === 'graphql' ? error : super.catch(error, host);
  }
}
