/**
 * A CSV text (RFC 4180, with or without BOM) as rows of trimmed cells; lines without any content are left out, and
 * each row keeps the number of the line it began on.
 */
export function readCsv(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = []
  let [line, began] = [1, 1]
  let cells: string[] = []
  // A cell in quotes (doubled inside) or bare, and what ends it.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  const plain = text.replace(/^\ufeff/, '')
  for (let match = cell.exec(plain); match; match = cell.exec(plain)) {
    const [all, quoted, bare = '', end] = match
    cells.push((quoted?.replaceAll('""', '"') ?? bare).trim())
    line += all.split('\n').length - 1
    if (end === ',') continue
    if (cells.some((one) => one !== '')) rows.push({ line: began, cells })
    cells = []
    began = line
    if (end === '') break
  }
  return rows
}
