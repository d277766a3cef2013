import { Catch, type ExceptionFilter } from '@nestjs/common';
import { Refused } from '../refused.ts';

/** Hands refusals on to Apollo, whose `formatError` answers them: to Nest they would be failures to be logged. */
@Catch(Refused)
export class RefusalFilter implements ExceptionFilter {
  catch(refusal: Refused): Refused {
    return refusal;
  }
}
