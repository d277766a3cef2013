import { suiteCatalogue, suiteMoment, suiteRegions, suiteSegments, suiteUsers } from '../../suites/catalogue.ts';
import {
  checkRule,
  locales,
  ruleLimits,
  ruleToSql,
  sayRule,
  SqlParameters,
  type Node,
  type SqlTarget,
} from '../index.ts';
import { portableOperations } from '../portable-operations.ts';
import type { Chapter, Example } from './example.ts';
import { chapters } from './examples.ts';

/** The page for integrators, as Markdown: made of the examples, so that it says what the language does. */
export function rulesPage(): string {
  return [introduction(), ...chapters.map(chapterText), exchange()].join('\n\n') + '\n';
}

function introduction(): string {
  const contents = chapters.map(({ heading }) => `[${heading}](#${heading.toLowerCase().replaceAll(' ', '-')})`);
  return `# The rule language

<!-- Made by \`npm run docs -w rules\` from rules/src/docs: change it there. -->

A rule is a document of [JSON-logic](https://jsonlogic.com): \`{ "operation": [operands] }\`. It says whether it holds for one customer.
\`{ "var": "city" }\` is the value of a field, by its key; \`{ "var": ["city"] }\` means the same. Values are written as JSON: text, numbers, \`true\`, \`false\`,
dates and times as text, options by their key. Where an operation takes one operand, \`{ "!": rule }\` is short for \`{ "!": [rule] }\`.

- **Checked before it runs.** Every operand has a type, and nothing is converted: \`"5"\` is no number. What is wrong is told all at once, each with
  a JSON Pointer into the rule and a code. The list of operations is closed.
- **Empty is one thing:** \`null\`, a missing key, blank text, an empty list. It is asked for by \`{ "==": [x, null] }\`. Apart from that nothing is equal to it,
  less or greater, and arithmetic with it gives empty.
- **Yes or no.** A condition is true or false for every customer. \`!=\`, \`has_none\` and \`!\` are exact negations, so they hold of what is empty.
- **One meaning.** The rule that is saved, the count beside it, the list and the answer to “why” are the same rule in JavaScript and in SQL.
- **Bounded:** ${limitsText()}.

Below, each operation has an example: the rule, how it reads, what it is in SQL (\`c\` is the customer, \`e\` an event, \`$1\` a bound value), and what it
answers for customers of whom only the fields named are not empty.

${contents.join(' · ')}`;
}

function limitsText(): string {
  const { ruleBytes, ruleNesting, ruleConditions, ruleListLiterals } = ruleLimits;
  const number = (value: number) => value.toLocaleString('en');
  return `${number(ruleBytes / 1024)} KiB, ${ruleNesting} operations inside each other, ${number(ruleConditions)} conditions, ${number(ruleListLiterals)} values in one list`;
}

function chapterText({ heading, about, examples }: Chapter): string {
  return [`## ${heading}`, about, ...Object.entries(examples).map(exampleText)].join('\n\n');
}

function exampleText([key, example]: readonly [string, Example]): string {
  const node = checked(example);
  const says = locales.map((locale) => `- ${sayRule(node, { locale, ...reader })}`);
  const rows = example.rows.map(([row, holds]) => `- \`${json(row)}\` → ${holds ? 'yes' : 'no'}`);
  return [
    `### \`${key}\``,
    example.means,
    fenced('json', json(example.rule)),
    says.join('\n'),
    fenced('sql', sqlText(node)),
    rows.join('\n'),
  ].join('\n\n');
}

const reader = { users: suiteUsers, regions: suiteRegions, segments: suiteSegments, timeZone: suiteMoment.timeZone };

function checked({ rule }: Example): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(`The example ${json(rule)} is no rule`);
  return outcome.value;
}

function sqlText(node: Node): string {
  const parameters = new SqlParameters();
  const sql = ruleToSql(node, targetOf(parameters));
  const values = parameters.values.map((value, index) => `-- $${index + 1} = ${shortened(json(value))}`);
  return [sql, ...values].join('\n');
}

function targetOf(parameters: SqlParameters): SqlTarget {
  return {
    column: ({ key }) => `c.${key}`,
    events: (type) => ({
      from: `event e WHERE e.customer_id = c.id AND e.type = ${parameters.add(type)}`,
      order: ['e.at, e.id', 'e.at DESC, e.id DESC'],
      property: ({ key }) => `e.${key}`,
    }),
    member: (key) => `EXISTS (SELECT FROM member m WHERE m.customer_id = c.id AND m.segment = ${parameters.add(key)})`,
    parameter: (value) => parameters.add(value),
    moment: suiteMoment,
  };
}

function exchange(): string {
  const operations = Object.keys(portableOperations(suiteMoment)).map((name) => `\`${name}\``);
  return `## Rules from elsewhere

\`importRule(rule, catalogue)\` of \`@kequn/rules/import\` takes over JSON-logic as others write it, such as what react-querybuilder's
\`formatQuery(query, 'jsonlogic')\` gives. What can be said here with the same meaning is written so: \`===\` and \`!==\`, \`!!\`, \`?:\`, \`startsWith\` and \`endsWith\`,
\`{ "==": [x, ""] }\` as “is empty”, \`missing\` in a condition's place, a number that is written as text beside a field of numbers, a list in \`in\` that names
fields, a field in a condition's place that is no yes or no. All else is listed, each with its place in what was sent: other operations, a \`var\` with a
default or a path, \`>\` with three operands, comparisons of different types.

## Rules to elsewhere

\`@kequn/rules/portable\` writes a checked rule as plain JSON-logic that unmodified json-logic-js answers alike:

${fenced(
  'js',
  `for (const [name, operation] of Object.entries(portableOperations(moment))) jsonLogic.add_operation(name, operation);
jsonLogic.apply(ruleToPortable(node), portableRow(values, catalogue, { events, segments }));`,
)}

The row has every field, \`null\` where it is empty, times in UTC with milliseconds, \`events\` with a list for each type in the order of time, and \`segments\`
with the keys of the customer's segments; \`portableRow\` makes it. The operations to register are pure and belong to one moment: ${operations.join(', ')}.`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 60)}…` : text;
}

/** JSON on one line, spaced as people write it. */
function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${json(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
