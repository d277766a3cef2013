import { access } from './zh-CN/access.ts';
import { audit } from './zh-CN/audit.ts';
import { common } from './zh-CN/common.ts';
import { conflict } from './zh-CN/conflict.ts';
import { conversion } from './zh-CN/conversion.ts';
import { customers } from './zh-CN/customers.ts';
import { demo } from './zh-CN/demo.ts';
import { events } from './zh-CN/events.ts';
import { explanations } from './zh-CN/explanations.ts';
import { fields } from './zh-CN/fields.ts';
import { fill } from './zh-CN/fill.ts';
import { firstSteps } from './zh-CN/first-steps.ts';
import { forms } from './zh-CN/forms.ts';
import { formsExchange } from './zh-CN/forms-exchange.ts';
import { formula } from './zh-CN/formula.ts';
import { grid } from './zh-CN/grid.ts';
import { jobs } from './zh-CN/jobs.ts';
import { leave } from './zh-CN/leave.ts';
import { navigation } from './zh-CN/navigation.ts';
import { optionTable } from './zh-CN/option-table.ts';
import { order } from './zh-CN/order.ts';
import { ownWords } from './zh-CN/own-words.ts';
import { phone } from './zh-CN/phone.ts';
import { privacy } from './zh-CN/privacy.ts';
import { regionMap } from './zh-CN/region-map.ts';
import { rule } from './zh-CN/rule.ts';
import { segments } from './zh-CN/segments.ts';
import { session } from './zh-CN/session.ts';
import { sharing } from './zh-CN/sharing.ts';
import { templates } from './zh-CN/templates.ts';
import { submissions } from './zh-CN/submissions.ts';
import { trial } from './zh-CN/trial.ts';
import { users } from './zh-CN/users.ts';

/* Every text of the app in Chinese. The type of this object is what the other languages have to offer, so one that is missing there does not compile. */

/** All texts in Simplified Chinese. */
export const zhCN = {
  common,
  leave,
  conflict,
  conversion,
  navigation,
  session,
  customers,
  firstSteps,
  demo,
  grid,
  order,
  jobs,
  fields,
  formula,
  forms,
  optionTable,
  ownWords,
  phone,
  sharing,
  formsExchange,
  templates,
  fill,
  regionMap,
  trial,
  submissions,
  events,
  segments,
  explanations,
  rule,
  access,
  users,
  audit,
  privacy,
};

/** Every text of the app; functions take what is told in them. */
export type Messages = typeof zhCN;
