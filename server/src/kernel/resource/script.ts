import { Converter } from 'opencc-js/t2cn'

const first = 0x3400
const last = 0x9fff

let table: Uint16Array | undefined

/** Every character of the Chinese blocks by its simplified one; made when the first Chinese text comes (0.1 s). */
function made(): Uint16Array {
  const toSimplified = Converter({ from: 't', to: 'cn' })
  const all = new Uint16Array(last - first + 1)
  for (let at = 0; at < all.length; at++) {
    const written = toSimplified(String.fromCharCode(first + at))
    all[at] = written.length === 1 ? written.charCodeAt(0) : first + at
  }
  return all
}

/** The simplified character of each that has another one. */
export const simplifiedBy = (): Uint16Array => {
  table ??= made()
  return table
}

/** The text in simplified characters, one for one; the very same text where it is. */
export function simplified(text: string): string {
  let done = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < first || code > last) continue
    const written = simplifiedBy()[code - first] ?? code
    if (written === code) continue
    done += text.slice(from, at) + String.fromCharCode(written)
    from = at + 1
  }
  return from === 0 ? text : done + text.slice(from)
}

/** All other characters that are written as this simplified one. */
export function writtenAlso(character: string): string {
  others ??= Map.groupBy(
    [...simplifiedBy()].flatMap((code, at) => (code === first + at ? [] : [[code, first + at] as const])),
    ([code]) => code,
  )
  return String.fromCharCode(...(others.get(character.charCodeAt(0)) ?? []).map(([, code]) => code))
}
let others: ReadonlyMap<number, readonly (readonly [number, number])[]> | undefined
