import type { Rule } from '@kequn/rules';

/** Eight conditions as people write them, one of which reckons an age. */
export const eightConditions: Rule = conditionsWith({ '>=': [{ years_since: [{ var: 'birthday' }] }, 30] });

/** The same where nothing is reckoned: what reckoning a time costs is the same in every engine, and hides what they cost themselves. */
export const eightPlainConditions: Rule = conditionsWith({ '<=': [{ var: 'birthday' }, '1996-06-15'] });

/**
 * Those that hold for most come first, so that few customers are done with at the first. No condition parts 0 from empty for a number,
 * since json-logic-engine takes them for the same.
 */
function conditionsWith(isOldEnough: Rule): Rule {
  return {
    and: [
      { '<=': ['1952-01-01', { var: 'birthday' }, '2003-12-31'] },
      { '!': [{ within_region: [{ var: 'region' }, '110000'] }] },
      { or: [{ '==': [{ var: 'vip' }, true] }, isOldEnough] },
      { '>=': [{ var: 'spend' }, 10] },
      { '!': [{ ends_with: [{ var: 'email' }, '@example.com'] }] },
      { in: [{ var: 'level' }, ['gold', 'silver', 'bronze']] },
      { '>': [{ var: 'orders' }, 0] },
    ],
  };
}

/** The count of the first as one would write it by hand for this table. */
export const eightConditionsByHand = `
  select count(*)::int as count from customer
   where f_birthday between '1952-01-01' and '2003-12-31' and f_region not like '11%'
     and (f_vip or f_birthday <= (now() at time zone 'Asia/Shanghai')::date - interval '30 years')
     and f_spend >= 10 and f_email not like '%@example.com' and f_level in ('gold', 'silver', 'bronze') and f_orders > 0`;
