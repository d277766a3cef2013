import { fieldCatalogue, withField } from '../../fields/catalogue.ts';
import { Field } from '../../fields/field.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { emptyRuleSet, kept, type Kept, type RuleSet } from '../../platform/rule-set.ts';
import { rebuildUnderWay, type RebuildTarget, type TypeChange } from './rebuild.ts';

/** A field as a change of type makes it. */
export function fieldThen(before: Field, { settings }: TypeChange): Field {
  return Object.assign(new Field(), before, settings, { version: before.version + 1 });
}

/**
 * The transaction with fields and rules as they are to be once a rebuild has swapped: by them everything is built. Only a change of type
 * makes others of them.
 */
export async function asThen(
  tx: Transactional<RequestContext>,
  target: RebuildTarget,
): Promise<Transactional<RequestContext>> {
  if (target.act !== 'CONVERT') return tx;
  const isUnderWay = (await kept(tx, rebuildUnderWay)) !== undefined;
  return { ...tx, ruleSet: isUnderWay ? await kept(tx, ruleSetThen) : await ruleSetWith(tx, target) };
}

/** The same for every step of a rebuild: rules of many segments are not checked at each. */
const ruleSetThen: Kept<RuleSet> = {
  name: 'rules as they are to be',
  async load(tx) {
    const rebuild = await kept(tx, rebuildUnderWay);
    return ruleSetWith(tx, rebuild!.target as TypeChange);
  },
};

async function ruleSetWith(tx: Parameters<Kept<RuleSet>['load']>[0], change: TypeChange): Promise<RuleSet> {
  const present = await kept(tx, fieldCatalogue);
  const before = present.byKey.get(change.fieldKey);
  const then = emptyRuleSet(tx.ruleSet.version);
  if (before) then.values.set(fieldCatalogue, Promise.resolve(withField(present, fieldThen(before, change))));
  return then;
}
