/*
 * The import table of docs/architecture.md as named rules. Type-only imports count: a type is knowledge too.
 * `$1` in a rule's `to` is what the brackets of its `from` captured: "another folder of the same kind".
 */
const main = '^src-main/';
const testFile = '\\.test\\.tsx?$';
const notTests = { pathNot: testFile };

/** Inside src-main, only these folders may be reached (libraries and Node are separate rules). */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...notTests },
  to: { path: `${main}|^src-renderer/|^src-preload/|^e2e/`, pathNot: allowed },
});

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolves', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?' } },
    only('contract-is-a-leaf', '^src-main/contract/', '^src-main/contract/', 'the contract knows the schema library only'),
    {
      name: 'contract-libraries',
      severity: 'error',
      from: { path: '^src-main/contract/', ...notTests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'], pathNot: 'node_modules/zod/' },
    },
    only('core-is-pure', '^src-main/core/', '^src-main/(core|contract)/', 'core knows core and contract'),
    {
      name: 'core-libraries',
      severity: 'error',
      from: { path: '^src-main/core/', ...notTests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'] },
    },
    {
      name: 'provider-stays-home',
      severity: 'error',
      from: { path: '^src-main/providers/([^/]+)/', pathNot: [testFile, '^src-main/providers/conformance/'] },
      to: { path: main, pathNot: '^src-main/(providers/($1|shared)/|contract/|core/(payments|ports)/|core/money)' },
    },
    only('storage-stays-home', '^src-main/storage/', '^src-main/(storage|core|contract)/', 'storage never knows an adapter'),
    only('adapters-stay-home', '^src-main/adapters/', '^src-main/(adapters|core|contract)/', 'adapters never know storage'),
    only('migrations-import-nothing', '^src-main/storage/migrations/', '^src-main/storage/migrations/', 'code changes, released migrations do not'),
    {
      name: 'sandbox-stays-home',
      severity: 'error',
      from: { path: '^src-main/sandboxes/([^/]+)/', ...notTests },
      to: { path: main, pathNot: '^src-main/(sandboxes/($1|shared)/|contract/)' },
    },
    {
      name: 'app-below-hosts',
      severity: 'error',
      from: { path: '^src-main/app/', ...notTests },
      to: { path: '^src-main/(hosts|testing)/|^src-renderer/|^src-preload/|^e2e/' },
    },
    {
      name: 'hosts-know-app-and-contract',
      severity: 'error',
      from: { path: '^src-main/hosts/([^/]+)/', ...notTests },
      to: { path: `${main}|^src-renderer/|^src-preload/`, pathNot: '^src-main/(hosts/$1/|app/|contract/)' },
    },
    {
      name: 'electron-in-its-place',
      severity: 'error',
      from: { pathNot: '^src-main/hosts/electron/|^src-preload/|^e2e/|^scripts/' },
      to: { path: '(^|/)node_modules/electron/' },
    },
    {
      name: 'preload-is-small',
      severity: 'error',
      from: { path: '^src-preload/' },
      to: { path: `${main}|^src-renderer/`, pathNot: '^src-main/contract/' },
    },
    {
      name: 'renderer-knows-contract-types',
      severity: 'error',
      from: { path: '^src-renderer/', ...notTests },
      to: { path: `${main}|^src-preload/|^e2e/`, pathNot: '^src-main/contract/' },
    },
    {
      name: 'renderer-types-only',
      comment: 'schemas stay on the main side',
      severity: 'error',
      from: { path: '^src-renderer/', ...notTests },
      to: { path: '^src-main/contract/', preCompilationOnly: false },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^src-renderer/', ...notTests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-screen-knows-another',
      severity: 'error',
      from: { path: '^src-renderer/screens/([^/]+)/' },
      to: { path: '^src-renderer/', pathNot: '^src-renderer/(screens/$1|features|ui|transport|locales)/' },
    },
    {
      name: 'features-below-screens',
      severity: 'error',
      from: { path: '^src-renderer/features/' },
      to: { path: '^src-renderer/(screens|shell|customer-display|dev-panel)/' },
    },
    {
      name: 'ui-knows-only-itself',
      severity: 'error',
      from: { path: '^src-renderer/ui/' },
      to: { path: '^src-renderer/|^src-main/', pathNot: '^src-renderer/ui/' },
    },
    {
      name: 'testing-for-tests',
      severity: 'error',
      from: { pathNot: [testFile, '^src-main/testing/', '^src-main/providers/conformance/', '^e2e/', '^scripts/(simulate|test)\\.ts$'] },
      to: { path: '^src-main/testing/' },
    },
    {
      name: 'e2e-starts-processes',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: `${main}|^src-renderer/|^src-preload/`, pathNot: '^src-main/(contract|testing)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.json', '.css', '.d.ts'] },
    exclude: { path: '\\.css$' },
  },
};
