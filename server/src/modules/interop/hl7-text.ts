import iconv from 'iconv-lite'

/** The encodings in which messages come; China's HIS mostly write GB18030, everything newer UTF-8. */
export type Charset = 'utf-8' | 'gb18030' | 'latin1'

/** What is wrong with a message as a whole; `code` is our own, in the API's words. */
export class Unreadable extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const names: readonly (readonly [RegExp, Charset])[] = [
  [/UTF-?8/i, 'utf-8'],
  [/GB ?(18030|K|2312)/i, 'gb18030'],
  [/^(ASCII|8859\/1)/i, 'latin1'],
]

/** MSH-18, read before the encoding is known: all of it is ASCII but for names. */
function declared(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 2_000).split(/[\r\n]/, 1)[0] ?? ''
  const separator = head[3] ?? '|'
  return head.split(separator)[17]?.trim() ?? ''
}

function strictly(bytes: Buffer, charset: Charset): string | undefined {
  try {
    return new TextDecoder(charset === 'latin1' ? 'iso-8859-1' : charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * The text of a message: by its BOM, by MSH-18 (HL7 table 0211), by what is agreed with the sender, and else UTF-8 or
 * GB18030, whichever the bytes are in. What MSH-18 calls ASCII and is not is read as if nothing had been said.
 */
export function decoded(
  given: Uint8Array,
  agreed: Charset | null = null,
): { text: string; charset: Charset } {
  const bytes = Buffer.from(given)
  if (bytes.subarray(0, 3).equals(BOM)) return read(bytes.subarray(3), ['utf-8'])
  const said = declared(bytes)
  const named = names.find(([pattern]) => pattern.test(said))?.[1]
  if (named === 'latin1' && /8859/.test(said)) return read(bytes, ['latin1'])
  if (named && named !== 'latin1') return read(bytes, [named])
  return read(bytes, agreed ? [agreed] : ['utf-8', 'gb18030'])
}

function read(bytes: Buffer, charsets: readonly Charset[]): { text: string; charset: Charset } {
  for (const charset of charsets) {
    const text = strictly(bytes, charset)
    if (text !== undefined) return { text, charset }
  }
  throw new Unreadable('interop.unreadable-text')
}

/** The bytes of a text; what an encoding does not know becomes a question mark. */
export const encoded = (text: string, charset: Charset): Buffer =>
  charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, charset)

/** How MSH-18 of our own messages calls the encoding. */
export const charsetName: Readonly<Record<Charset, string>> = {
  'utf-8': 'UNICODE UTF-8',
  gb18030: 'GB 18030-2000',
  latin1: '8859/1',
}
