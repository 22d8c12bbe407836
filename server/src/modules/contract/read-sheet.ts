import { Readable } from 'node:stream'

/** One row of a sheet as text, with its number as people count: the heading is line 1. */
export interface SheetRow {
  readonly line: number
  readonly cells: readonly string[]
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value).trim()
  const { text, result, richText } = value as {
    text?: unknown
    result?: unknown
    richText?: { text: string }[]
  }
  if (richText)
    return richText
      .map((part) => part.text)
      .join('')
      .trim()
  return textOf(text ?? result ?? '')
}

/** The rows of the first sheet of an .xlsx, streamed: only its bytes are in memory, never the whole sheet. */
async function* xlsxRows(bytes: Uint8Array): AsyncGenerator<SheetRow> {
  // Large, and needed by few: read when the first sheet comes.
  const { default: ExcelJS } = await import('exceljs')
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
    ...{
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'ignore',
      hyperlinks: 'ignore',
      entries: 'emit',
    },
  })
  for await (const sheet of reader) {
    for await (const row of sheet) {
      const values = Array.isArray(row.values) ? row.values.slice(1) : []
      yield { line: row.number, cells: values.map(textOf) }
    }
    return
  }
}

/** The rows of a CSV in bytes, UTF-8 or GB18030 as Excel in China writes. */
export const csvRows = (bytes: Uint8Array): Generator<SheetRow> => textRows(decode(bytes))

/** The rows of a CSV (RFC 4180, quotes and line ends within them). */
export function* textRows(text: string): Generator<SheetRow> {
  let line = 1
  let cells: string[] = []
  for (const [, raw = '', end = ''] of text.matchAll(CELL)) {
    cells.push((raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw).trim())
    if (end === ',' || end === '\t') continue
    if (end !== '' || cells.some((cell) => cell !== '')) yield { line, cells }
    line++
    cells = []
  }
}

/** A cell, quoted or plain, and what ends it. */
const CELL = /("(?:[^"]|"")*"|[^,\t\r\n]*)(,|\t|\r?\n|$)/g

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The rows of a file, by its first bytes: a zip is an .xlsx, anything else a CSV. */
export function sheetRows(bytes: Uint8Array): AsyncIterable<SheetRow> | Iterable<SheetRow> {
  return bytes[0] === 0x50 && bytes[1] === 0x4b ? xlsxRows(bytes) : csvRows(bytes)
}

/** All rows of a file; undefined where it cannot be read, or has more than `most`. */
export async function readWhole(bytes: Uint8Array, most: number): Promise<SheetRow[] | undefined> {
  const rows: SheetRow[] = []
  try {
    for await (const row of sheetRows(bytes)) {
      if (rows.length > most) return undefined
      rows.push(row)
    }
  } catch {
    return undefined
  }
  return rows
}

/** So many rows at a time. */
export async function* inBatches<T>(rows: AsyncIterable<T> | Iterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
