import { access } from './en/access.ts';
import { audit } from './en/audit.ts';
import { common } from './en/common.ts';
import { conflict } from './en/conflict.ts';
import { conversion } from './en/conversion.ts';
import { customers } from './en/customers.ts';
import { demo } from './en/demo.ts';
import { events } from './en/events.ts';
import { explanations } from './en/explanations.ts';
import { fields } from './en/fields.ts';
import { fill } from './en/fill.ts';
import { firstSteps } from './en/first-steps.ts';
import { forms } from './en/forms.ts';
import { formsExchange } from './en/forms-exchange.ts';
import { formula } from './en/formula.ts';
import { grid } from './en/grid.ts';
import { jobs } from './en/jobs.ts';
import { leave } from './en/leave.ts';
import { navigation } from './en/navigation.ts';
import { optionTable } from './en/option-table.ts';
import { order } from './en/order.ts';
import { ownWords } from './en/own-words.ts';
import { phone } from './en/phone.ts';
import { privacy } from './en/privacy.ts';
import { regionMap } from './en/region-map.ts';
import { rule } from './en/rule.ts';
import { segments } from './en/segments.ts';
import { session } from './en/session.ts';
import { sharing } from './en/sharing.ts';
import { templates } from './en/templates.ts';
import { submissions } from './en/submissions.ts';
import { trial } from './en/trial.ts';
import { users } from './en/users.ts';
import type { Messages } from './zh-CN.ts';

/** All texts in English. */
export const en: Messages = {
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
