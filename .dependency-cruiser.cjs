/** Who may import whom. Everything here is an error: a wrong import is moved, not excused. */

/** The server's folders, from the ground up: each may import those of its own line and of the lines above it. */
const SERVER_LAYERS = [
  ['platform'],
  ['audit', 'outbox', 'jobs'],
  ['access'],
  ['fields'],
  ['events', 'segments', 'forms', 'access-log', 'files'],
  ['customers'],
  [
    'imports',
    'models',
    'automations',
    'demo',
    'audit-log',
    'exports',
    'retention',
    'public-forms',
    'submissions',
    'conversions',
    'templates',
    'forms-exchange',
    'uploads',
  ],
];

/** They put the others together, so they may see all of them. */
const COMPOSITION = '^server/src/(testing/|main\\.ts|server\\.ts|print-schema\\.ts)|\\.test\\.ts$';

const layerRules = SERVER_LAYERS.slice(0, -1).map((layer, index) => ({
  name: `server-${layer.join('-')}-below-${SERVER_LAYERS[index + 1].join('-')}`,
  severity: 'error',
  comment: `server/src/{${layer}} stands below what it imports here`,
  from: { path: `^server/src/(${layer.join('|')})/`, pathNot: COMPOSITION },
  to: {
    path: `^server/src/(${SERVER_LAYERS.slice(index + 1)
      .flat()
      .join('|')})/`,
  },
}));

/** Between workspaces, by path or by package name, which resolves to the path. */
const only = (from, allowed) => ({
  name: `${from}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(rules|seeds|server|web|test)/', pathNot: `^(${[from, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    only('rules', []),
    only('seeds', ['rules']),
    only('server', ['rules', 'seeds']),
    only('web', ['rules']),
    ...layerRules,
    {
      name: 'rules-runs-anywhere',
      severity: 'error',
      comment:
        'The language runs in browsers too: no part of it, tests aside, may use Node, and only its tools a package',
      from: { path: '^rules/src/', pathNot: ['\\.test\\.ts$', '^rules/src/tools/'] },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'tools-are-loaded-apart',
      severity: 'error',
      comment: 'Tools are large: whoever checks values hands them in, so that pages which check none do not load them',
      from: { path: '^rules/src/', pathNot: ['\\.test\\.ts$', '^rules/src/tools/'] },
      to: { path: '^rules/src/tools/' },
    },
    {
      name: 'tools-run-anywhere',
      severity: 'error',
      from: { path: '^rules/src/tools/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-what-is-declared',
      severity: 'error',
      comment: 'A package that another one happened to bring may be gone tomorrow',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|^test/|^server/src/testing/' },
      to: { path: '\\.test\\.ts$|^server/src/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data|results|generated)/' },
    moduleSystems: ['es6'],
    tsPreCompilationDeps: true,
    // Tools that every workspace uses are declared at the root.
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.vue'],
    },
  },
};
