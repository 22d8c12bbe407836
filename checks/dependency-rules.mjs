// What may import what, for dependency-cruiser: generated from the order of the modules.
// TypeScript 7 gives dependency-cruiser no parser, so swc parses; `checks/cruise.ts` proves that it saw every file and import.
import { order } from '../server/src/modules/order.ts'

const names = order.map((module) => module.name)
const server = '^server/src/modules'
const web = '^web/src/modules'
const api = '^api/src'
const tests = ['\\.test\\.tsx?$']
const roles = 'index|actions|policy|store|tables|events|reactions|jobs|fhir|demo|gateways?'
const role = (which) => `${server}/[^/]+/(${which})(\\.ts$|/)`
const npm = (packages) => `node_modules/(${packages})/`

/** Everything that belongs to the named modules, on all three sides. */
const belongsTo = (which) => `(${server}|${web}|${api})/(${which})(/|\\.ts$)`
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** A pure file may use a later or earlier thing's type, never its value. */
const valuesOf = (path) => ({ path, dependencyTypesNot: ['type-only'] })

const betweenModules = [
  rule(
    'kernel-knows-no-module',
    'The kernel (of server, web and api) and the ui serve every module and know none.',
    {
      path: ['^server/src/kernel/', '^web/src/(kernel|ui|shell)/', `${api}/kernel(/|\\.ts$)`],
      pathNot: tests,
    },
    { path: [`${server}/`, `${web}/`, `${api}/(${names.join('|')})(/|\\.ts$)`] },
  ),
  rule(
    'through-the-face',
    'Another module of the server is reached by its index.ts only.',
    { path: `${server}/([^/]+)/` },
    { path: `${server}/[^/]+/.+`, pathNot: [`${server}/$1/`, `${server}/[^/]+/index\\.ts$`] },
  ),
  rule(
    'through-the-web-face',
    'Another module of the web is reached by its index.ts only.',
    { path: `${web}/([^/]+)/` },
    { path: `${web}/[^/]+/.+`, pathNot: [`${web}/$1/`, `${web}/[^/]+/index\\.tsx?$`] },
  ),
  ...names
    .slice(0, -1)
    .map((name, i) =>
      rule(
        `downhill-from-${name}`,
        'Calls go down the order of the modules; events go up.',
        { path: belongsTo(name) },
        { path: belongsTo(names.slice(i + 1).join('|')) },
      ),
    ),
  rule(
    'imports-down-slots-up',
    'In the web, kernel and ui know neither the shell nor an entry, and modules know no entry.',
    { path: '^web/src/(kernel|ui|modules|shell)/', pathNot: tests },
    { path: '^web/src/(staff|resident)\\.tsx$' },
  ),
  rule(
    'kernel-and-ui-below-the-shell',
    'In the web, kernel and ui know nothing of the shell that uses them.',
    { path: '^web/src/(kernel|ui)/', pathNot: tests },
    { path: '^web/src/shell/' },
  ),
]

const insideModules = [
  rule(
    'sql-in-stores',
    'Only a store, its tables and the kernel talk SQL.',
    {
      path: '^server/src/',
      pathNot: ['^server/src/kernel/', role('store|tables'), `${server}/[^/]+/migrations/`, ...tests],
    },
    { path: npm('kysely|pg|pg-copy-streams') },
  ),
  rule(
    'http-in-faces',
    "Only the kernel, main.ts and a module's face know the HTTP framework.",
    {
      path: '^server/src/',
      pathNot: ['^server/src/kernel/', '^server/src/main\\.ts$', role('index'), ...tests],
    },
    { path: npm('fastify|@fastify/[^/]+') },
  ),
  rule(
    'jobs-through-the-kernel',
    'Only the kernel knows the job queue.',
    { path: '^server/src/', pathNot: ['^server/src/kernel/', ...tests] },
    { path: npm('graphile-worker') },
  ),
  rule(
    'policies-are-pure',
    'A policy decides from what it is given; it fetches nothing.',
    { path: role('policy'), pathNot: tests },
    valuesOf([
      role('index|actions|store|tables|events|reactions|jobs|demo|gateways?'),
      npm('kysely|pg|fastify'),
    ]),
  ),
  rule(
    'fhir-is-pure',
    'fhir.ts turns a thing into resources and back; it fetches nothing.',
    { path: role('fhir'), pathNot: tests },
    valuesOf([
      role('index|actions|store|tables|events|reactions|jobs|demo|gateways?'),
      npm('kysely|pg|fastify'),
    ]),
  ),
  rule(
    'calculations-are-pure',
    'A file with a name of its own is a calculation; it fetches nothing.',
    { path: `${server}/[^/]+/`, pathNot: [role(roles), `${server}/[^/]+/migrations/`, ...tests] },
    valuesOf([role('index|actions|store|tables|reactions|jobs|demo|gateways?'), npm('kysely|pg|fastify')]),
  ),
  rule(
    'gateways-lead-out',
    'What leaves the process leaves by a gateway; files and child processes are the kernel’s.',
    { path: `${server}/`, pathNot: [role('gateways?'), role('demo'), ...tests] },
    {
      path: '^(node:)?(fs|fs/promises|http|https|http2|net|tls|dgram|dns|dns/promises|child_process|worker_threads)$',
    },
  ),
]

const betweenSides = [
  rule(
    'api-is-leaf',
    'The api imports zod and itself.',
    { path: `${api}/`, pathNot: tests },
    {
      pathNot: [`${api}/`, npm('zod')],
    },
  ),
  rule(
    'zod-mini',
    'In api and web zod is `zod/mini`: the whole of it adds 70 kB to every page.',
    { path: [`${api}/`, '^web/src/'], pathNot: tests },
    { path: 'node_modules/zod/(index|v4/index|v4/classic|v3)' },
  ),
  rule(
    'web-not-server',
    'Web and server share the api and nothing else.',
    { path: '^web/src/' },
    { path: '^server/' },
  ),
  rule(
    'server-not-web',
    'Server and web share the api and nothing else.',
    { path: '^server/src/' },
    { path: '^web/' },
  ),
  rule(
    'main-is-last',
    'main.ts binds all the others; nothing of the product imports it.',
    { path: '^server/src/', pathNot: tests },
    { path: '^server/src/main\\.ts$' },
  ),
  rule(
    'product-without-tests',
    'What ships does not import tests, checks or scripts.',
    { path: ['^(api|server|web)/src/'], pathNot: tests },
    { path: ['^(server/test|e2e|bench|scripts|checks)/', ...tests] },
  ),
  rule(
    'resident-pages-stay-light',
    'What a resident’s phone loads must not reach the staff’s component library.',
    { path: '^web/src/resident\\.tsx$' },
    { path: npm('antd|@ant-design/[^/]+|@tanstack/react-router'), reachable: true },
  ),
]

const everywhere = [
  rule('no-cycles', 'A cycle has no first page to read.', {}, { circular: true }),
  rule('resolvable', 'An import that leads nowhere escapes every other rule.', {}, { couldNotResolve: true }),
  rule(
    'declared',
    'What is imported stands in a package.json.',
    { path: ['^(api|server|web)/src/'] },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
]

export default {
  forbidden: [...betweenModules, ...insideModules, ...betweenSides, ...everywhere],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
}
