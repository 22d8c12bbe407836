import type { Region } from './world.ts'

/** Whom somebody tries to reach: a resident of another institution with a record, or one who does not exist. */
export interface Sought {
  readonly patientId: string
  readonly name: string
  readonly number: string
  /** Stands in every fact of the record and nowhere else. */
  readonly mark: string
  readonly observationId: string
  readonly documentId: string
  readonly binaryId: string
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** Who tries, and how: over FHIR as a client, over the web's API as staff, both of one institution. */
export interface Caller {
  readonly world: Region
  /** An Organization that anybody may read and that the facts of the record name. */
  readonly laboratoryId: string
  readonly fhir: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>
  /** The same, for the file itself. */
  readonly file: (path: string) => Promise<Answer>
  /** Advice on an order of potassium, as CDS Hooks give it. */
  readonly advised: (hook: 'order-select' | 'order-sign', patientId: string) => Promise<Answer>
  readonly web: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>
  /** A whole export as its files' text. */
  readonly exported: (path: string) => Promise<Answer>
  /** What arrives at a receiver while somebody at home writes down one more fact. */
  readonly notified: (sought: Sought, filter: string) => Promise<Answer>
}

/** One way in: what it answers about somebody, and how one sees that it answered. */
export interface EntryPoint {
  readonly name: string
  /** The interactions and operations of the CapabilityStatement for which it stands. */
  readonly covers: readonly string[]
  readonly open: (caller: Caller, sought: Sought) => Promise<Answer>
  /** Whether the answer holds what was sought; true for whoever has a basis, and for nobody else. */
  readonly shows: (answer: Answer, sought: Sought) => boolean
}

const holdsMark: EntryPoint['shows'] = ({ text }, { mark }) => text.includes(mark)
const holdsName: EntryPoint['shows'] = ({ text }, { name }) => text.includes(name)
const holds =
  (word: string): EntryPoint['shows'] =>
  ({ text }) =>
    text.includes(word)

const read = (name: string, covers: string, path: (s: Sought) => string, shows = holdsMark): EntryPoint => ({
  ...{ name, covers: [covers], shows },
  open: ({ fhir }, sought) => fhir('GET', path(sought)),
})

const bundle = (type: 'batch' | 'transaction', ...urls: readonly string[]) => ({
  ...{ resourceType: 'Bundle', type, entry: urls.map((url) => ({ request: { method: 'GET', url } })) },
})

/** A list of one’s own that points at a fact of somebody’s record: whoever writes it need not see that fact. */
async function ownList({ fhir }: Caller, { observationId }: Sought): Promise<string> {
  const entry = [{ item: { reference: `Observation/${observationId}` } }]
  const body = { resourceType: 'List', status: 'current', mode: 'working', title: 'LIST-OF-MINE', entry }
  return JSON.parse((await fhir('POST', '/List', body)).text).id
}

/** A document of the caller's own that names nobody, but points at what is sought. */
async function ownComposition({ fhir, laboratoryId }: Caller, { observationId }: Sought): Promise<string> {
  const section = [{ title: 'SECTION-OF-MINE', entry: [{ reference: `Observation/${observationId}` }] }]
  const author = [{ reference: `Organization/${laboratoryId}` }]
  const head = { resourceType: 'Composition', status: 'final', date: '2026-01-02', title: 'DOCUMENT-OF-MINE' }
  const body = { ...head, type: { text: 'DOCUMENT-OF-MINE' }, author, section }
  return JSON.parse((await fhir('POST', '/Composition', body)).text).id
}

async function ownGroup({ fhir }: Caller, { patientId }: Sought): Promise<string> {
  const member = [{ entity: { reference: `Patient/${patientId}` } }]
  const body = { resourceType: 'Group', type: 'person', actual: true, name: 'GROUP-OF-MINE', member }
  return JSON.parse((await fhir('POST', '/Group', body)).text).id
}

const graphql = (query: string) => `$graphql?query=${encodeURIComponent(query)}`

/** Every way in over FHIR. A new interaction or operation is refused by the test until it stands here. */
export const entryPoints: readonly EntryPoint[] = [
  read('read of the person', 'read', (s) => `/Patient/${s.patientId}`, holdsName),
  read('read of a fact', 'read', (s) => `/Observation/${s.observationId}`),
  read('read of a document', 'read', (s) => `/DocumentReference/${s.documentId}`),
  read(
    'read of a file',
    'read',
    (s) => `/Binary/${s.binaryId}`,
    ({ text }, { mark }) => text.includes(Buffer.from(mark).toString('base64')),
  ),
  {
    ...{ name: 'a file as it is', covers: ['read'], shows: holdsMark },
    open: ({ file }, { binaryId }) => file(`/Binary/${binaryId}`),
  },
  read('one version', 'vread', (s) => `/Observation/${s.observationId}/_history/1`),
  read('history of a fact', 'history-instance', (s) => `/Observation/${s.observationId}/_history`),
  read('history of a type', 'history-type', () => '/Observation/_history'),
  read('history of all', 'history-system', () => '/_history?_type=Observation,Patient'),
  read('search by patient', 'search-type', (s) => `/Observation?patient=${s.patientId}`),
  read('search by id', 'search-type', (s) => `/Observation?_id=${s.observationId}`),
  read('search by code', 'search-type', () => '/Observation?code=http://loinc.org|6298-4'),
  read(
    'search by name',
    'search-type',
    (s) => `/Patient?name=${encodeURIComponent(s.name)}`,
    (answer, s) => answer.text.includes(`"id":"${s.patientId}"`),
  ),
  read(
    'search by number',
    'search-type',
    (s) => `/Patient?identifier=${s.number}`,
    (answer, s) => answer.text.includes(`"id":"${s.patientId}"`),
  ),
  read('search of documents', 'search-type', (s) => `/DocumentReference?patient=${s.patientId}`),
  read(
    'search in what is written',
    'search-type',
    ({ mark }) => `/Observation?_content=${mark}`,
    ({ text }, { observationId }) => text.includes(`"id":"${observationId}"`),
  ),
  read(
    'how many',
    'search-type',
    (s) => `/Observation?patient=${s.patientId}&_summary=count`,
    holds('"total":1'),
  ),
  read('search over types', 'search-system', () => '/?_type=Observation,Patient'),
  {
    ...{ name: '_include', covers: [], shows: holdsMark },
    open: async (caller, sought) =>
      caller.fhir('GET', `/List?_id=${await ownList(caller, sought)}&_include=List:item`),
  },
  {
    ...{ name: '_list', covers: [], shows: holdsMark },
    open: async (caller, sought) => caller.fhir('GET', `/Observation?_list=${await ownList(caller, sought)}`),
  },
  read(
    'search above and below',
    'search-type',
    () => '/Condition?code:below=http://hl7.org/fhir/sid/icd-10|I77',
  ),
  {
    ...{ name: '_revinclude', covers: [], shows: holdsMark },
    open: ({ fhir, laboratoryId }) =>
      fhir('GET', `/Organization?_id=${laboratoryId}&_revinclude=Observation:performer`),
  },
  {
    ...{ name: 'chained search', covers: [], shows: holds('GROUP-OF-MINE') },
    open: async (caller, sought) => {
      const id = await ownGroup(caller, sought)
      const name = encodeURIComponent(sought.name)
      return caller.fhir('GET', `/Group?_id=${id}&member:Patient.name=${name}`)
    },
  },
  {
    ...{ name: '_has', covers: [], shows: holds('"resourceType":"Organization"') },
    open: ({ fhir, laboratoryId }) =>
      fhir('GET', `/Organization?_id=${laboratoryId}&_has:Observation:performer:code=6298-4`),
  },
  read('$everything', 'everything', (s) => `/Patient/${s.patientId}/$everything`),
  read('$everything of all', 'everything', () => '/Patient/$everything?_type=Observation,Patient'),
  {
    ...{ name: '$document', covers: ['document'], shows: holdsMark },
    open: async (caller, sought) =>
      caller.fhir('GET', `/Composition/${await ownComposition(caller, sought)}/$document`),
  },
  read('$summary', 'summary', (s) => `/Patient/${s.patientId}/$summary`, holdsName),
  read('$summary by number', 'summary', (s) => `/Patient/$summary?identifier=${s.number}`, holdsName),
  read('compartment', 'search-type', (s) => `/Patient/${s.patientId}/Observation`),
  read('whole compartment', 'search-system', (s) => `/Patient/${s.patientId}/*`),
  read(
    '$validate of what is stored',
    'validate',
    (s) => `/Observation/${s.observationId}/$validate`,
    ({ status }) => status === 200,
  ),
  {
    ...{ name: 'batch', covers: ['batch'], shows: holdsMark },
    open: ({ fhir }, s) =>
      fhir(
        'POST',
        '/',
        bundle('batch', `Observation/${s.observationId}`, `Observation?patient=${s.patientId}`),
      ),
  },
  {
    ...{ name: 'transaction', covers: ['transaction'], shows: holdsMark },
    open: ({ fhir }, s) => fhir('POST', '/', bundle('transaction', `Observation?patient=${s.patientId}`)),
  },
  read(
    'GraphQL of one',
    'graphql',
    (s) => `/${graphql(`{ Observation(id: "${s.observationId}") { note { text } } }`)}`,
  ),
  read(
    'GraphQL of a list',
    'graphql',
    (s) => `/${graphql(`{ ObservationList(patient: "${s.patientId}") { note { text } } }`)}`,
  ),
  read(
    'GraphQL at a resource',
    'graphql',
    (s) => `/Patient/${s.patientId}/${graphql('{ name { text } }')}`,
    holdsName,
  ),
  read(
    'GraphQL laid out flat',
    'graphql',
    (s) =>
      `/${graphql(`{ ObservationList(patient: "${s.patientId}") @flatten { note @flatten @slice(path: "$index") { text } } }`)}`,
  ),
  {
    ...{ name: 'CDS Hooks, on choosing', covers: [], shows: holds('4.1 mmol/L') },
    open: ({ advised }, { patientId }) => advised('order-select', patientId),
  },
  {
    ...{ name: 'CDS Hooks, on signing', covers: [], shows: holds('4.1 mmol/L') },
    open: ({ advised }, { patientId }) => advised('order-sign', patientId),
  },
  {
    ...{ name: 'whole export', covers: ['export'], shows: holdsMark },
    open: ({ exported }) => exported('/$export?_type=Observation,Patient,DocumentReference'),
  },
  {
    ...{ name: 'export of patients', covers: ['export'], shows: holdsMark },
    open: ({ exported }) => exported('/Patient/$export?_type=Observation,Patient'),
  },
  {
    ...{ name: 'export of a group', covers: ['export'], shows: holdsMark },
    open: async (caller, sought) =>
      caller.exported(`/Group/${await ownGroup(caller, sought)}/$export?_type=Observation,Patient`),
  },
  {
    ...{ name: 'subscription', covers: ['events', 'status'], shows: holdsMark },
    open: ({ notified }, sought) => notified(sought, 'Observation'),
  },
]

/** Operations that answer about nobody, or about nobody in particular, and why they need no try of their own. */
export const aboutNobody: Readonly<Record<string, string>> = {
  match: 'finds whom one may register twice: what others hold is masked, which its own test shows',
  lookup: 'code systems are open',
  expand: 'value sets are open',
  'validate-code': 'value sets are open',
  subsumes: 'code systems are open',
  translate: 'maps are open',
}

/** Interactions that write: the second test tries each. */
export const writing: readonly string[] = ['create', 'update', 'patch', 'delete']
