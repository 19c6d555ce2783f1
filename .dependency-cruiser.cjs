/**
 * The walls between the folders, linted. Dependencies run in one direction,
 *   core ← contracts ← {db, queue, channels} ← worker ← services,   runtime at most on core,
 * so that whoever reads a folder knows what it cannot touch, and a service can be replaced without reading another.
 */

/** What one folder of packages/ may import of the others. */
const wall = (name, allowed, comment) => ({
  name: `${name}-imports-only-${allowed.join('-and-') || 'nothing'}`,
  comment,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: { path: '^(packages|services)/', pathNot: [name, ...allowed].map((folder) => `^packages/${folder}/`) },
});

/** What only one package may import, so that it can be exchanged there. Tests and the testkit are free to look. */
const onlyIn = (owner, libraries) => ({
  name: `only-${owner}-imports-its-libraries`,
  severity: 'error',
  from: { path: '^(packages|services)/[^/]+/src/', pathNot: `^packages/(${owner}|testkit)/` },
  to: { path: libraries.map((library) => `(^|/)node_modules/${library}(/|$)`) },
});

module.exports = {
  forbidden: [
    wall('core', [], 'core is pure: states, calendar, ids, errors'),
    wall('contracts', ['core'], 'contracts says what crosses the walls'),
    wall('db', ['core', 'contracts'], 'the middle packages meet only in worker and in services'),
    wall('queue', ['core', 'contracts'], 'the middle packages meet only in worker and in services'),
    wall('channels', ['core', 'contracts'], 'the middle packages meet only in worker and in services'),
    wall('runtime', ['core'], 'runtime knows processes, not messages'),
    wall(
      'worker',
      ['core', 'contracts', 'db', 'queue', 'channels', 'runtime'],
      'worker is where the middle packages meet for all services that work batches off',
    ),
    wall('client', [], 'the client stands at a portal, where nothing else of this is'),
    {
      name: 'packages-do-not-import-services',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^services/' },
    },
    {
      name: 'services-do-not-import-services',
      comment: 'services meet only in contracts and in the database',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    wall('runner', [], 'the runner knows scripts, not messages'),
    {
      name: 'only-runner-starts-processes',
      comment: 'what a service starts could be anything; scripts of users are started in one place, contained',
      severity: 'error',
      from: { path: '^(packages|services)/[^/]+/src/', pathNot: '^packages/(runner|testkit)/' },
      to: { path: '^(node:)?child_process$' },
    },
    onlyIn('db', ['pg', 'prisma', '@prisma/[^/]+']),
    onlyIn('queue', ['bullmq', 'ioredis']),
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(packages|services)/[^/]+/src/', pathNot: '^packages/testkit/' },
      to: { path: ['^packages/testkit/', '^(packages|services)/[^/]+/test/', '\\.test\\.ts$'] },
    },
    {
      name: 'no-dev-dependency-in-production',
      severity: 'error',
      from: { path: '^(packages|services)/[^/]+/src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-declared-dependencies',
      comment: 'what is not in its own package.json works by accident',
      severity: 'error',
      from: { path: '^(packages|services)/[^/]+/src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'packages-are-entered-by-their-door',
      comment: 'another package is imported by its name, never by a path into it',
      severity: 'error',
      from: { path: '^(packages|services)/([^/]+)/' },
      to: { path: '^(packages|services)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: '(^|/)(node_modules|dist|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // Sources instead of builds: cycles that run through several packages are seen, and no build is needed.
      conditionNames: ['@carillon/source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
