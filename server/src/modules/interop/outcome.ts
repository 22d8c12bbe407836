import type { Told } from '../../kernel/answer-error.ts'

/** How FHIR calls what a status says (http://hl7.org/fhir/issue-type). */
const issueTypes: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  406: 'not-supported',
  408: 'timeout',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'processing',
  429: 'throttled',
  431: 'too-long',
  500: 'exception',
  503: 'transient',
  507: 'no-store',
}

/** One sentence for the people who connect systems; what it leaves open stands in the fields. */
const sentences: Readonly<Record<string, string>> = {
  'kernel.sign-in-first': 'Send a bearer token; POST /oauth/token gives one.',
  'kernel.not-permitted': 'Your scopes or permissions do not cover this.',
  'kernel.bad-request': 'The address cannot be read.',
  'kernel.address-not-encoded':
    'In an address only ASCII may stand: write every other character, and blanks, percent-encoded (UTF-8).',
  'kernel.headers-too-large':
    'The headers are larger than this server takes; search by POST to _search instead.',
  'kernel.too-slow': 'The request did not come to its end in time.',
  'kernel.malformed-json': 'The body is not JSON.',
  'kernel.invalid-body': 'The body holds a null character, half a surrogate pair or is nested too deeply.',
  'kernel.invalid-query': 'The address holds a null character or half a surrogate pair.',
  'kernel.unkeepable-text': 'A text holds a null character or half a surrogate pair.',
  'kernel.empty-body': 'The body is empty.',
  'kernel.body-too-large': 'The body is larger than this server takes.',
  'kernel.media-type': 'Send application/fhir+json or application/fhir+xml.',
  'kernel.missing': 'There is nothing at this address.',
  'kernel.content-length': 'The body is not as long as Content-Length says.',
  'interop.packed-otherwise': 'Bodies may come packed by gzip, deflate or br.',
  'interop.unreadable-body': 'The body cannot be unpacked.',
  'record.other-fhir-version': 'This server speaks FHIR 4.0 only.',
  'record.not-acceptable': 'This server answers application/fhir+json and application/fhir+xml.',
  'record.malformed-xml': 'The body is no XML document of a FHIR resource.',
  'kernel.too-many': 'Too many requests; wait as long as Retry-After says.',
  'kernel.busy': 'The server is busy; try again.',
  'kernel.stopping': 'The server is stopping; try again.',
  'kernel.database-away': 'The database is away; try again.',
  'kernel.disk-full': 'There is no room left to store this.',
  'kernel.defect': 'The server failed; the request id finds it in the log.',
  'kernel.no-such-route': 'There is nothing at this address.',
  'record.no-such-resource': 'There is no such resource, or you have no basis to open it.',
  'record.gone': 'The resource was removed.',
  'record.no-such-operation': 'This operation is not offered there; /metadata says which are.',
  'record.unknown-type': 'This is no resource type of FHIR R4.',
  'record.invalid-resource': 'The resource does not have the shape FHIR R4 gives it.',
  'record.date-ahead': 'A recorded fact cannot have happened in the future.',
  'record.no-such-patient': 'The patient is unknown, or you have no basis to open the record.',
  'resident.birth-date-out-of-range': 'A birth date lies ahead or before 1850.',
  'workforce.licence-expired': 'The licence needed for this act has ended.',
  'workforce.kept-by-its-institution': 'Its institution keeps this; it is not changed over FHIR.',
  'referral.write-through-api': 'Only treating writes this; it is not changed over FHIR.',
  'workforce.no-licence': 'There is no licence for this act.',
  'workforce.name-a-practitioner': 'This act needs a practitioner with a licence.',
  'record.there-already': 'There is such a resource already, and If-None-Match says to make it only.',
  'record.stale': 'The resource has changed since the version in If-Match.',
  'record.recorded-elsewhere': 'Only the institution that recorded this changes it.',
  'record.unresolved-reference': 'A reference points at nothing that is known.',
  'record.several-match': 'The condition matches several resources.',
  'record.id-taken': 'The id has just been taken.',
  'record.id-differs': 'The id in the body is not the id in the address.',
  'record.no-compartment': 'There is no such compartment, or it holds no resources of this type.',
  'record.name-types': 'Say with _type which types to search.',
  'record.unknown-parameter': 'A search parameter is not supported.',
  'record.modifier-not-supported': 'A modifier of a search parameter is not supported.',
  'record.no-hierarchy': 'No hierarchy of codes is held here for what is searched above or below.',
  'record.bad-search': 'A search parameter is not understood.',
  'record.bad-if-match': 'If-Match must be W/"<version>".',
  'record.cannot-be-removed': 'Its module does not let this be removed.',
  'record.kept-as-sent': 'This is kept as its source sent it: it is neither changed nor removed.',
  'kernel.unreadable-text':
    'The bytes of the body are not in the charset that is declared (UTF-8, where none is).',
  'record.comes-with-the-product': 'This comes with the product and is changed by nobody.',
  'record.entry-without-request': 'The entry has no request: say method and url.',
  'record.written-twice':
    'Two entries of a transaction write the same resource; what becomes of it would depend on their order.',
  'interop.not-in-a-bundle':
    'This is not answered in a Bundle; ask for it at its own address. Reads, versions, histories, searches and the operations that only read are.',
  'record.entry-without-resource': 'The entry brings no resource.',
  'record.type-and-url-differ': 'The resource is not of the type in the address.',
  'record.bad-patch': 'The body is no JSON Patch (a list of operations) and no FHIRPath Patch (Parameters).',
  'record.patch-does-not-fit': 'An operation of the patch cannot be done on the resource as it is now.',
  'record.condition-without-criteria': 'A condition needs at least one search parameter.',
  'record.bad-mode': 'The mode is create, update, delete or profile.',
  'record.bad-url': 'The address names no resource.',
  'referral.sent-active-only':
    'A referral is sent as an active ServiceRequest; drafts stay where they are written.',
  'referral.incomplete': 'The referral lacks what it needs; each element is named.',
  'referral.no-consent': 'The resident has not agreed to the referral.',
  'referral.receivers-part': 'This is the part of whoever receives the referral.',
  'referral.senders-part': 'This is the part of whoever sends the referral.',
  'referral.no-way-there': 'No move leads from where the referral stands to this state.',
  'referral.cannot-change-after-submission': 'What was sent is not written anew; it can be called back.',
  'record.method-not-supported': 'This interaction is not supported.',
  'record.too-many-entries': 'The Bundle has more entries than this server takes at once.',
  'record.no-such-export': 'There is no such export of yours, or its time is over.',
  'record.too-many-exports': 'Three exports of this client have not ended yet.',
  'interop.parameter-missing': 'A parameter of the operation is missing.',
  'interop.bad-parameter': 'A parameter of the operation is not understood.',
  'interop.parameter-not-offered':
    'A parameter of the operation is not offered; an answer without it would not be what was asked.',
  'interop.document-not-kept':
    'A kept document is read by whoever reads the patient’s record; each part that cannot lie in one is named.',
  'interop.no-such-version': 'It is not held in this version.',
  'interop.value-set-not-understood':
    'The value set composes its codes in a way that cannot be answered here.',
  'interop.no-such-value-set': 'No value set of this url is held here.',
  'interop.no-such-code-system': 'No code system of this url is held here.',
  'interop.no-such-code': 'The code system has no such code, or is not held here.',
  'interop.no-such-concept-map': 'No concept map of this url is held here.',
  'interop.query-too-costly':
    'The query asks for more than this server reads for one query; narrow it or page.',
  'interop.bad-subscription': 'The Subscription cannot be served as it is; each element at fault is named.',
  'interop.for-clients-only': 'Only system clients do this.',
  'interop.too-many-subscriptions': 'This client has as many subscriptions as it may have.',
  'record.document-of-another-person':
    'The clinical document is about another person than the patient it is filed under.',
  'record.document-unreadable':
    'It calls itself a clinical document and cannot be read as XML without a DOCTYPE: nobody can tell whose it is.',
  'record.document-names-nobody': 'The clinical document names no patient.',
  'record.document-hash-differs': 'The file is not what its hash says.',
  'record.binary-too-large': 'A file sent as it is may not be longer than bytesMax.',
  'record.bad-security-context': 'X-Security-Context names one resource: Patient/<id>.',
  'record.no-bundle': 'Send a Bundle of type transaction or batch.',
}

const own: Readonly<Record<string, number>> = { 'record.gone': 410, 'record.not-acceptable': 406 }

/** The status under which it travels here: a removed resource is 410, an answer that nobody takes 406. */
export const statusOf = ({ status, code }: Told): number => own[code] ?? status

/** The OperationOutcome of an error, naming every element at fault; the request id finds it in the log. */
export function outcomeOf(told: Told, requestId: string): object {
  const status = statusOf(told)
  const { fields = [], details = {} } = told.extra
  const code = issueTypes[status] ?? 'processing'
  const text = sentences[told.code] ?? told.code
  const shared = { severity: status >= 500 ? 'fatal' : 'error', code }
  const about = {
    coding: [{ system: 'urn:tongmai:refusal', code: told.code }],
    text,
  }
  const more = Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : ''
  const first = {
    ...shared,
    details: about,
    diagnostics: `${text}${more} (request ${requestId})`,
    ...(fields.length > 0 ? { expression: fields.map(({ path }) => path) } : {}),
  }
  const others = fields.map(({ path, problem }) => ({
    ...shared,
    details: about,
    diagnostics: `${path}: ${problem}`,
    expression: [path],
  }))
  return { resourceType: 'OperationOutcome', issue: [first, ...others] }
}

/** The OperationOutcome of a success, where the caller prefers one. */
export const allDone = (text: string): object => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'information', code: 'informational', diagnostics: text }],
})
