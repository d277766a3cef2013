import { ruleLimits, type RuleLimit } from './limits.ts';
import { sentence, type Sentence } from './locale.ts';

/** The sentence of a LIMIT problem. */
export function limitMessage(limit: RuleLimit): Sentence {
  const max = ruleLimits[limit];
  const words: Record<RuleLimit, Sentence> = {
    ruleBytes: sentence(`规则太大，最多 ${max} 字节`, `The rule is too large; at most ${max} bytes`),
    ruleNesting: sentence(`嵌套太深，最多 ${max} 层`, `Nested too deeply; at most ${max} levels`),
    ruleConditions: sentence(`条件太多，最多 ${max} 个`, `Too many conditions; at most ${max}`),
    ruleListLiterals: sentence(`列表太长，最多 ${max} 项`, `The list is too long; at most ${max} entries`),
  };
  return words[limit];
}
