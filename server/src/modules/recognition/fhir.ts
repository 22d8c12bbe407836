import type { Item, ItemCategory } from '@tongmai/api/recognition/catalogue'
import { type RefusalReason, reorderReasons } from '@tongmai/api/recognition/order'
import type { Json, Resource } from '../../kernel/resource/owner.ts'

/** By which identifier a ServiceRequest is a test ordered here. */
export const TEST_ORDER = 'urn:tongmai:test-order'
/** Under which number all tests of one order stand together. */
export const ORDER = 'urn:tongmai:order'
const REASON = 'urn:tongmai:code-system:reorder-reason'
const SNOMED = 'http://snomed.info/sct'

/** Elements of a ServiceRequest that this module keeps. */
export const orderModels =
  'identifier requisition status intent category code subject authoredOn requester reasonCode supportingInfo note'.split(
    ' ',
  )

const list = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [])

export const isOwnOrder = (resource: Resource): boolean =>
  list(resource.identifier).some(
    (one) => typeof one === 'object' && one !== null && 'system' in one && one.system === TEST_ORDER,
  )

const laboratory = { system: SNOMED, code: '108252007', display: 'Laboratory procedure' }
const imaging = { system: SNOMED, code: '363679005', display: 'Imaging' }
const diagnostic = { system: SNOMED, code: '103693007', display: 'Diagnostic procedure' }
const categories: Readonly<Record<ItemCategory, typeof laboratory>> = {
  ...{ biochemistry: laboratory, immunology: laboratory, haematology: laboratory },
  ...{ imaging, ultrasound: imaging, ecg: diagnostic, function: diagnostic },
}

/** A test that was ordered, although or because there was no usable result. */
export interface OrderedTest {
  readonly id: string
  readonly orderId: string
  readonly residentId: string
  readonly at: Date
  readonly practitionerId: string | null
  readonly note: string | null
  readonly reason: RefusalReason | null
  readonly reasonText: string | null
  /** The usable result that was shown and not accepted. */
  readonly shown: { readonly type: string; readonly id: string } | null
  /** Whether its result has come. */
  readonly answered: boolean
}

/** The order as FHIR says it; why it was done again, and which result was passed over, stand in it. */
export const orderResource = (
  test: OrderedTest,
  item: Pick<Item, 'name' | 'loinc' | 'category'>,
): Resource & { id: string } => ({
  ...{ resourceType: 'ServiceRequest', id: test.id, intent: 'order' },
  status: test.answered ? 'completed' : 'active',
  identifier: [{ system: TEST_ORDER, value: test.id }],
  requisition: { system: ORDER, value: test.orderId },
  category: [{ coding: [categories[item.category]] }],
  code: { coding: item.loinc.map((code) => ({ system: 'http://loinc.org', code })), text: item.name },
  subject: { reference: `Patient/${test.residentId}` },
  authoredOn: test.at.toISOString(),
  ...(test.practitionerId ? { requester: { reference: `Practitioner/${test.practitionerId}` } } : {}),
  ...(test.reason
    ? {
        reasonCode: [
          {
            coding: [{ system: REASON, code: test.reason, display: reorderReasons[test.reason] }],
            ...(test.reasonText ? { text: test.reasonText } : {}),
          },
        ],
      }
    : {}),
  ...(test.shown ? { supportingInfo: [{ reference: `${test.shown.type}/${test.shown.id}` }] } : {}),
  ...(test.note ? { note: [{ text: test.note }] } : {}),
})
