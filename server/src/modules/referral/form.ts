import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'

/** A line of a form: its label and what is filled in; empty ones are printed as a line to write on. */
export interface FormLine {
  readonly label: string
  readonly value: string
  /** Lines that two stand beside each other. */
  readonly half?: boolean
}

/** A form as it is printed: the counterfoil that stays, the sheet that goes, and what the patient should know. */
export interface FormContent {
  readonly title: string
  readonly number: string
  readonly mark: string | null
  readonly stub: { readonly title: string; readonly lines: readonly FormLine[] }
  readonly sheet: { readonly title: string; readonly addressee: string; readonly lines: readonly FormLine[] }
  readonly signatures: readonly string[]
  readonly seal: string
  readonly notice: { readonly title: string; readonly lines: readonly string[] }
  readonly qr: { readonly url: string; readonly caption: string }
}

type Pdf = InstanceType<typeof PDFDocument>

const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
)
const MARGIN = 42
const WIDTH = 595.28 - 2 * MARGIN
const BOTTOM = 841.89 - MARGIN
const GAP = 5
const ROW_GAP = 3
const SIZE = { title: 15, head: 11, text: 9.5, small: 8 } as const
const INK = '#1c1917'
const PALE = '#78716c'

/** Draws the form on A4 and answers the PDF's bytes. Slow (fonts, compression): never inside a transaction. */
export async function renderForm(content: FormContent): Promise<Uint8Array> {
  const qr = await QRCode.toBuffer(content.qr.url, { margin: 0, width: 240, errorCorrectionLevel: 'M' })
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: `${content.title} ${content.number}`, Creator: 'Tongmai' },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  pdf.font(fontFile).fillColor(INK)
  drawHead(pdf, content)
  heading(pdf, content.stub.title)
  drawLines(pdf, content.stub.lines)
  drawCut(pdf)
  heading(pdf, content.sheet.title)
  pdf.fontSize(SIZE.head).text(content.sheet.addressee, MARGIN, pdf.y)
  pdf.y += GAP
  drawLines(pdf, content.sheet.lines)
  drawFoot(pdf, content, qr)
  pdf.end()
  return done
}

function drawHead(pdf: Pdf, { title, number, mark }: FormContent): void {
  pdf.fontSize(SIZE.title).text(title, MARGIN, MARGIN, { width: WIDTH, align: 'center' })
  pdf.fontSize(SIZE.text).fillColor(PALE).text(number, { width: WIDTH, align: 'center' })
  if (mark) pdf.fontSize(SIZE.head).fillColor('#b91c1c').text(mark, { width: WIDTH, align: 'center' })
  pdf.fillColor(INK)
  pdf.y += GAP
}

function heading(pdf: Pdf, text: string): void {
  room(pdf, 40)
  pdf.fontSize(SIZE.head).fillColor(INK).text(text, MARGIN, pdf.y, { width: WIDTH })
  pdf
    .moveTo(MARGIN, pdf.y + 1)
    .lineTo(MARGIN + WIDTH, pdf.y + 1)
    .lineWidth(0.8)
    .strokeColor(INK)
    .stroke()
  pdf.y += GAP
}

/** The line along which counterfoil and sheet are cut apart. */
function drawCut(pdf: Pdf): void {
  room(pdf, 24)
  const y = pdf.y + 8
  pdf
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .dash(3, { space: 3 })
    .lineWidth(0.6)
    .strokeColor(PALE)
    .stroke()
  pdf.undash()
  pdf.y = y + 10
}

function drawLines(pdf: Pdf, lines: readonly FormLine[]): void {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as FormLine
    const beside = line.half && lines[i + 1]?.half ? lines[i + 1] : undefined
    if (beside) i++
    drawRow(pdf, beside ? [line, beside] : [line])
  }
}

function drawRow(pdf: Pdf, cells: readonly FormLine[]): void {
  const width = (WIDTH - (cells.length - 1) * 12) / cells.length
  pdf.fontSize(SIZE.text)
  const texts = cells.map((cell) => `${cell.label}：${cell.value || '________________'}`)
  const height = Math.max(...texts.map((text) => pdf.heightOfString(text, { width, lineGap: 2 })))
  room(pdf, height + ROW_GAP)
  const y = pdf.y
  for (const [i, text] of texts.entries()) pdf.text(text, MARGIN + i * (width + 12), y, { width, lineGap: 2 })
  pdf.y = y + height + ROW_GAP
}

function drawFoot(pdf: Pdf, content: FormContent, qr: Buffer): void {
  room(pdf, 168)
  pdf.y += GAP
  const top = pdf.y
  pdf.fontSize(SIZE.text)
  for (const [i, label] of content.signatures.entries()) {
    pdf.text(`${label}：______________________`, MARGIN, top + i * 22, { width: WIDTH * 0.55 })
  }
  const sealX = MARGIN + WIDTH * 0.58
  pdf
    .rect(sealX, top, WIDTH * 0.2, 84)
    .dash(2, { space: 2 })
    .lineWidth(0.6)
    .strokeColor(PALE)
    .stroke()
  pdf.undash()
  pdf.fontSize(SIZE.small).fillColor(PALE)
  pdf.text(content.seal, sealX, top + 36, { width: WIDTH * 0.2, align: 'center' })
  const qrX = MARGIN + WIDTH - 84
  pdf.image(qr, qrX, top, { width: 84 })
  pdf.text(content.qr.caption, qrX - 10, top + 88, { width: 104, align: 'center' })
  pdf.fillColor(INK).fontSize(SIZE.text)
  pdf.text(content.notice.title, MARGIN, top + 112, { width: WIDTH })
  pdf.fontSize(SIZE.small)
  for (const line of content.notice.lines) pdf.text(line, MARGIN, pdf.y + 1, { width: WIDTH })
}

/** A new page where less than `height` points are left. */
function room(pdf: Pdf, height: number): void {
  if (pdf.y + height > BOTTOM) pdf.addPage()
}
