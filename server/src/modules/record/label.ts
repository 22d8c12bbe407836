import type { Label } from '@tongmai/api/record'
import type { Json } from '../../kernel/resource/owner.ts'
import { categories, modalities } from './chinese-category.ts'
import { loinc } from './chinese-loinc.ts'
import { cvx, rxnorm } from './chinese-medicine.ts'
import { snomed } from './chinese-snomed.ts'
import { list, node, text } from './element.ts'

const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'http://loinc.org': loinc,
  'http://snomed.info/sct': snomed,
  'http://www.nlm.nih.gov/research/umls/rxnorm': rxnorm,
  'http://hl7.org/fhir/sid/cvx': cvx,
  'http://dicom.nema.org/resources/ontology/DCM': modalities,
  ...Object.fromEntries(
    Object.entries(categories).map(([name, table]) => [
      `http://terminology.hl7.org/CodeSystem/${name}`,
      table,
    ]),
  ),
}

/** `(disorder)` and the like say what a code is in SNOMED, not what the patient has. */
const plain = (words: string): string => words.replace(/ \((disorder|finding|procedure|situation)\)$/, '')

/** A CodeableConcept or Coding as people read it: Chinese where a table has the code, the source's words else. */
export function labelOf(concept: Json): Label {
  const codings = list(node(concept).coding).map(node)
  if (codings.length === 0 && node(concept).code !== undefined) codings.push(node(concept))
  const known = codings.find((coding) => chinese(coding))
  const coding = known ?? codings[0] ?? {}
  const said = text(node(concept).text) ?? text(coding.display) ?? text(coding.code)
  const name = known && chinese(known)
  const words = said === undefined ? undefined : plain(said)
  return {
    text: name ?? words ?? '未注明',
    original: name && words !== name ? (words ?? null) : null,
    system: text(coding.system) ?? null,
    code: text(coding.code) ?? null,
  }
}

function chinese(coding: { readonly [name: string]: Json }): string | undefined {
  const table = tables[text(coding.system) ?? '']
  const code = text(coding.code)
  return table && code !== undefined && Object.hasOwn(table, code) ? table[code] : undefined
}
