/** The text of a file in UTF-8, or in GB18030 as spreadsheets in China write it. */
export async function tableText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const ZIP = [0x50, 0x4b]

/** A table as the server takes it: an .xlsx as it is, any other as a CSV that says it is UTF-8. */
export async function tableFile(file: File): Promise<File> {
  const begin = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (ZIP.every((byte, n) => begin[n] === byte)) return file
  return new File([`\ufeff${await tableText(file)}`], file.name, { type: 'text/csv' })
}
