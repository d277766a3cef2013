import type { Problem, Sentence } from '@kequn/rules';
import { sentence } from '@kequn/rules';
import type { limits } from './limits.ts';

/** Every way in which a call is refused; the codes of the public contract. */
export type RefusalCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'FIELD_FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'VALIDATION_FAILED'
  | 'RULE_INVALID'
  | 'LIMIT_EXCEEDED'
  | 'RATE_LIMITED'
  | 'IN_USE'
  | 'UNAVAILABLE';

/** What a refusal tells besides its code. */
export interface RefusalDetails {
  readonly issues?: readonly Problem[];
  readonly fields?: readonly string[];
  readonly currentVersion?: number;
  /** The name of a limit of `Query.limits`, and how much it allows. */
  readonly limit?: keyof typeof limits;
  readonly max?: number;
  readonly usedBy?: readonly { readonly kind: string; readonly id: string; readonly name: string }[];
  /** Seconds. */
  readonly retryAfter?: number;
}

/** What a reader is told of each code. */
export const refusalWords: Readonly<Record<RefusalCode | 'INTERNAL', Sentence>> = {
  UNAUTHENTICATED: sentence('请先登录', 'Please sign in'),
  FORBIDDEN: sentence('您没有这项权限', 'You may not do this'),
  FIELD_FORBIDDEN: sentence('您不能这样使用其中的字段', 'You may not use these fields in this way'),
  NOT_FOUND: sentence('找不到所要的内容', 'There is no such thing'),
  CONFLICT: sentence('内容已被他人修改', 'Somebody else has changed it meanwhile'),
  VALIDATION_FAILED: sentence('有内容需要改正', 'Some entries need correction'),
  RULE_INVALID: sentence('规则有误', 'The rule is not valid'),
  LIMIT_EXCEEDED: sentence('超出限制', 'A limit is exceeded'),
  RATE_LIMITED: sentence('尝试次数过多，请稍后再试', 'Too many attempts; please try again later'),
  IN_USE: sentence('仍在使用中', 'It is still in use'),
  UNAVAILABLE: sentence('服务暂时不可用，请稍后再试', 'The service is not available for the moment; please try again'),
  INTERNAL: sentence('服务器出错了', 'Something went wrong on the server'),
};

/** How a use case says no: thrown, so that its transaction rolls back by construction; mapped to an answer in one place. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: RefusalCode,
    readonly details: RefusalDetails = {},
  ) {
    super(code);
  }
}

/** A refusal to be thrown. */
export function refused(code: RefusalCode, details?: RefusalDetails): Refused {
  return new Refused(code, details);
}

/** The refusal of input with everything that is wrong with it. */
export function invalid(issues: readonly Problem[]): Refused {
  return new Refused('VALIDATION_FAILED', { issues });
}

/** The refusal for what does not exist, is hidden, or lies outside of what the viewer may see, alike. */
export function notFound(): Refused {
  return new Refused('NOT_FOUND');
}
