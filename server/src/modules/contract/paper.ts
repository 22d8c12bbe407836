import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

/** One part of a document: a heading with lines of text, with a table, or with both. */
export interface Part {
  readonly title: string
  readonly lines?: readonly string[]
  readonly table?: {
    /** Share of the width each column takes; they add up to 1. */
    readonly widths: readonly number[]
    readonly head: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
}

/** A document as it is printed on A4. */
export interface Paper {
  readonly title: string
  readonly number: string
  readonly parts: readonly Part[]
  /** Who signs, one line each; what was drawn on a screen stands beside the first. */
  readonly signatures: readonly string[]
  readonly picture: Uint8Array | null
  readonly foot: string
}

type Pdf = InstanceType<typeof PDFDocument>

const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
)
const MARGIN = 48
const WIDTH = 595.28 - 2 * MARGIN
const BOTTOM = 841.89 - MARGIN - 16
const GAP = 6
const SIZE = { title: 16, head: 11, text: 9.5, small: 8 } as const
const INK = '#1c1917'
const PALE = '#78716c'

/** Draws the document and answers the PDF's bytes. Slow (fonts, compression): never inside a transaction. */
export async function renderPaper(paper: Paper): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: `${paper.title} ${paper.number}`, Creator: 'Tongmai' },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  pdf.font(fontFile).fillColor(INK)
  pdf.fontSize(SIZE.title).text(paper.title, MARGIN, MARGIN, { width: WIDTH, align: 'center' })
  pdf.fontSize(SIZE.text).fillColor(PALE).text(paper.number, { width: WIDTH, align: 'center' })
  for (const part of paper.parts) drawPart(pdf, part)
  drawSignatures(pdf, paper)
  pdf
    .fontSize(SIZE.small)
    .fillColor(PALE)
    .text(paper.foot, MARGIN, pdf.y + GAP, { width: WIDTH })
  pdf.end()
  return done
}

function drawPart(pdf: Pdf, { title, lines = [], table }: Part): void {
  room(pdf, 48)
  pdf.y += GAP
  pdf.fontSize(SIZE.head).fillColor(INK).text(title, MARGIN, pdf.y, { width: WIDTH })
  rule(pdf)
  pdf.fontSize(SIZE.text)
  for (const line of lines) {
    room(pdf, pdf.heightOfString(line, { width: WIDTH, lineGap: 2 }))
    pdf.text(line, MARGIN, pdf.y, { width: WIDTH, lineGap: 2 })
  }
  if (!table) return
  pdf.fillColor(PALE)
  drawRow(pdf, table.head, table.widths)
  pdf.fillColor(INK)
  for (const row of table.rows) drawRow(pdf, row, table.widths)
}

function drawRow(pdf: Pdf, cells: readonly string[], widths: readonly number[]): void {
  const wide = widths.map((share) => share * WIDTH)
  const heights = cells.map((cell, i) => pdf.heightOfString(cell, { width: (wide[i] ?? 0) - 6, lineGap: 1 }))
  const height = Math.max(...heights)
  room(pdf, height + 4)
  const y = pdf.y
  let x = MARGIN
  for (const [i, cell] of cells.entries()) {
    pdf.text(cell, x, y, { width: (wide[i] ?? 0) - 6, lineGap: 1 })
    x += wide[i] ?? 0
  }
  pdf.y = y + height + 4
}

function drawSignatures(pdf: Pdf, { signatures, picture }: Paper): void {
  room(pdf, 80)
  pdf.y += GAP * 2
  const top = pdf.y
  pdf.fontSize(SIZE.text).fillColor(INK)
  for (const [i, line] of signatures.entries()) pdf.text(line, MARGIN, top + i * 26, { width: WIDTH * 0.6 })
  if (picture) pdf.image(Buffer.from(picture), MARGIN + WIDTH * 0.62, top - 10, { fit: [WIDTH * 0.36, 60] })
  pdf.y = Math.max(top + signatures.length * 26, picture ? top + 54 : 0)
}

function rule(pdf: Pdf): void {
  pdf
    .moveTo(MARGIN, pdf.y + 1)
    .lineTo(MARGIN + WIDTH, pdf.y + 1)
    .lineWidth(0.6)
    .strokeColor(INK)
    .stroke()
  pdf.y += GAP
}

/** A new page where less than `height` points are left. */
function room(pdf: Pdf, height: number): void {
  if (pdf.y + height > BOTTOM) pdf.addPage()
}
