/** One code of a table, as it is read and as it is found. */
export interface Code {
  readonly code: string
  readonly display: string
}

interface Row extends Code {
  readonly lowCode: string
  readonly name: string
  readonly letters: string
  readonly initials: string
}

/** A table of codes, ready to be searched. */
export interface CodeTable {
  readonly rows: readonly Row[]
  readonly byCode: ReadonlyMap<string, Code>
}

/** The very same text where it is plain already: one copy of each code and name is kept, not two. */
function plain(text: string): string {
  const made = text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')
  return made === text ? text : made
}

/** Makes a table from lines of code, name and syllables; the keys are made once. */
export function codeTable(
  lines: readonly (readonly [code: string, display: string, syllables: string])[],
): CodeTable {
  const rows = lines.map(([code, display, syllables]) => {
    const parts = syllables.split(' ')
    return {
      ...{ code, display, lowCode: plain(code), name: plain(display) },
      ...{ letters: parts.join(''), initials: parts.map((part) => part[0] ?? '').join('') },
    }
  })
  return { rows, byCode: new Map(rows.map((row) => [row.code, row])) }
}

/** The codes of a table that fit, with the keys that were made. */
export function narrowed(table: CodeTable, fits: (code: string) => boolean): CodeTable {
  const rows = table.rows.filter(({ code }) => fits(code))
  return { rows, byCode: new Map(rows.map((row) => [row.code, row])) }
}

const NONE = 9

/** How well a row fits what was typed; the smaller the better, NONE where it does not. */
function rank({ lowCode, name, letters, initials }: Row, typed: string, isLatin: boolean): number {
  if (lowCode.startsWith(typed)) return lowCode === typed ? 0 : 1
  if (name.startsWith(typed)) return 2
  if (isLatin && (initials.startsWith(typed) || letters.startsWith(typed))) return 3
  if (name.includes(typed)) return 4
  return isLatin && (initials.includes(typed) || letters.includes(typed)) ? 5 : NONE
}

/**
 * The codes that a few typed letters mean: of the code, of the name, of its pinyin or its initials. The best fitting
 * first, among equals the shortest name; all in the table's order where nothing is typed.
 */
export function findCodes(
  table: CodeTable,
  typed: string,
  { offset, limit }: { offset: number; limit: number },
): { items: Code[]; total: number } {
  const text = plain(typed)
  const isLatin = /^[a-z0-9]+$/.test(text)
  const ranked = text === '' ? table.rows.map((row) => ({ row, at: 0 })) : []
  if (text !== '')
    for (const row of table.rows) {
      const at = rank(row, text, isLatin)
      if (at < NONE) ranked.push({ row, at })
    }
  if (text !== '') ranked.sort((a, b) => a.at - b.at || a.row.name.length - b.row.name.length)
  const items = ranked
    .slice(offset, offset + limit)
    .map(({ row }) => ({ code: row.code, display: row.display }))
  return { items, total: ranked.length }
}
