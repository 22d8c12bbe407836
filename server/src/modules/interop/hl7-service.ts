import type { Json } from '../../kernel/resource/owner.ts'
import { at, type Segment, wholeText } from './hl7-message.ts'

type Kind = 'laboratory' | 'imaging' | 'procedure' | 'vital-signs'

/** Services of HL7 table 0074 that are no laboratory's; all others of it are. */
const services: Readonly<Record<string, Kind>> = {
  ...{ RAD: 'imaging', RX: 'imaging', CT: 'imaging', NMR: 'imaging', NMS: 'imaging', XRC: 'imaging' },
  ...{ RUS: 'imaging', OUS: 'imaging', VUS: 'imaging', CUS: 'imaging', CTH: 'imaging' },
  ...{ EC: 'procedure', EN: 'procedure', PF: 'procedure', AU: 'procedure' },
}
const laboratories = new Set('BG BLB CG CH CP HM IMM LAB MB MCB MYC OSL SP SR TX URN VR'.split(' '))

/** What Chinese systems write in its place: the modality of DICOM. */
const modalities: Readonly<Record<string, string>> = {
  ...{ MR: 'NMR', MRI: 'NMR', US: 'RUS', DR: 'RX', CR: 'RX', DX: 'RX', MG: 'RX', NM: 'NMS', PT: 'NMS' },
  ECG: 'EC',
}

function serviceOf(obr: Segment | undefined): string {
  const said = at(obr, 24).toUpperCase()
  return modalities[said] ?? said
}

/** The department of a report (OBR-24) as its category; undefined where none is named. */
export function departmentIn(obr: Segment): Json | undefined {
  const code = serviceOf(obr)
  if (code === '') return undefined
  const isKnown = laboratories.has(code) || Object.hasOwn(services, code)
  const system = 'http://terminology.hl7.org/CodeSystem/v2-0074'
  return [isKnown ? { coding: [{ system, code }] } : { text: at(obr, 24) }]
}

/** LOINC codes that R4 (profile vitalsigns) has in the category vital-signs, wherever they were measured. */
const vitalSigns = new Set([
  ...['85353-1', '9279-1', '8867-4', '2708-6', '59408-5', '8310-5', '8302-2', '9843-4', '8287-5'],
  ...['29463-7', '3141-9', '39156-5', '85354-9', '8480-6', '8462-4', '8478-0'],
])

/** The category of what was found; a laboratory's where nothing else is said. */
export const kindOfFinding = (obr: Segment | undefined, obx: Segment): Kind =>
  at(obx, 3, 3).toUpperCase() === 'LN' && vitalSigns.has(at(obx, 3))
    ? 'vital-signs'
    : (services[serviceOf(obr)] ?? 'laboratory')

const inWords = /^(影像|超声|检查|报告|诊断|病理|心电)?(诊断|结论|印象|提示)(意见)?$/
/** LOINC: impression of a radiology report, conclusion of a report. */
const inCodes = new Set(['IMP', '19005-8', '55110-1'])

/** Whether a text among the results is what the report comes to: by the suffix IMP (HL7 v2 chapter 7), a code or its name. */
const isConclusion = (obx: Segment): boolean =>
  /^(TX|FT|ST)$/i.test(at(obx, 2)) &&
  (inCodes.has(at(obx, 3)) || at(obx, 3, 1, 2) === 'IMP' || inWords.test(at(obx, 3, 2) || at(obx, 3)))

/** What a report comes to, in the words of the results that say so. */
export const conclusionIn = (results: readonly { readonly obx: Segment }[]): string | undefined =>
  results
    .filter(({ obx }) => isConclusion(obx))
    .map(({ obx }) => wholeText(obx, 5))
    .filter(Boolean)
    .join('\n') || undefined
