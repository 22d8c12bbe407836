import { answered } from '../../kernel/call.ts'

/** One section of a patient summary as people read it. */
export interface SummarySection {
  readonly title: string
  /** Said where there is no table. */
  readonly paragraphs: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** An International Patient Summary: when it was made, its sections, and the document itself. */
export interface SummaryDocument {
  readonly at: Date
  readonly sections: readonly SummarySection[]
  readonly text: string
}

interface Composition {
  readonly date: string
  readonly section: readonly { readonly title: string; readonly text: { readonly div: string } }[]
}

const addressOf = (residentId: string): string => `/fhir/R4/Patient/${residentId}/$summary`

/** Asks for the summary of a resident, as any other system would; the opening is logged. */
export async function readSummary(residentId: string, signal: AbortSignal): Promise<SummaryDocument> {
  const headers = { accept: 'application/fhir+json' }
  const answer = await answered(new Request(addressOf(residentId), { headers, signal }), true)
  const text = await answer.text()
  const { date, section } = JSON.parse(text).entry[0].resource as Composition
  return {
    at: new Date(date),
    text,
    sections: section.map(({ title, text: { div } }) => ({ title, ...readIn(div) })),
  }
}

const wordsIn = (place: ParentNode, what: string): string[] =>
  [...place.querySelectorAll(what)].map(({ textContent }) => textContent ?? '')

/** A narrative as its words: nothing of its markup is drawn. */
function readIn(div: string): Omit<SummarySection, 'title'> {
  const page = new DOMParser().parseFromString(div, 'text/html')
  return {
    paragraphs: wordsIn(page, 'p'),
    head: wordsIn(page, 'th'),
    rows: [...page.querySelectorAll('tbody tr')].map((row) => wordsIn(row, 'td')),
  }
}
