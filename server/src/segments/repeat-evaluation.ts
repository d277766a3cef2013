import { portableOperations, ruleToPortable, type Moment, type Row } from '@kequn/rules';
import jsonLogic from 'json-logic-js';
import type { RequestContext } from '../platform/context.ts';
import type { LiveRule } from './live-rules.ts';

/** What a rule said of a customer. */
export interface Evaluated {
  readonly rule: LiveRule;
  readonly customerId: string;
  readonly holds: boolean;
}

/**
 * Repeats an evaluation with the portable form of its rule in json-logic-js, the reference engine. That they differ is our mistake, told in
 * the log with the ids alone; the verdict stands.
 */
export function repeatEvaluation(
  { selfCheck, log }: RequestContext,
  { rule, customerId, holds }: Evaluated,
  { row, moment }: { readonly row: Row; readonly moment: Moment },
): void {
  for (const [name, operation] of Object.entries(portableOperations(moment))) jsonLogic.add_operation(name, operation);
  const agrees = jsonLogic.apply(ruleToPortable(rule.rule) as jsonLogic.RulesLogic, row) === holds;
  selfCheck?.count(agrees);
  if (agrees) return;
  const { segmentId } = rule;
  log.error({ segmentId, customerId, at: moment.now, holds }, 'a rule and its portable form differ');
}
