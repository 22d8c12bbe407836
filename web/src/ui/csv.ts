/** A table as CSV that Excel in China opens without asking: BOM, CRLF, quotes where needed, no formulas. */
export function toCsv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `﻿${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Hands a file to the person. */
export function save(content: BlobPart, fileName: string, media = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([content], { type: media }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** A cell that begins like a formula is made plain text: what a stranger typed must not run in a spreadsheet. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?%?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
