import type { ConsentText } from './consent.ts'

/** What is filled into a wording. */
export interface ConsentBlanks {
  readonly signer: string
  readonly resident: string
  readonly institution: string
  readonly scope: string
  readonly period: string
}

/** The words that are signed. */
export const consentWords = ({ words }: Pick<ConsentText, 'words'>, blanks: ConsentBlanks): string =>
  words.replace(/\{(\w+)\}/g, (blank, name: string) => blanks[name as keyof ConsentBlanks] ?? blank)

/** Whether these words are that wording, whatever was filled in: all of its own parts, in their order, from end to end. */
export function isWording({ words }: Pick<ConsentText, 'words'>, said: string): boolean {
  const parts = words.split(/\{\w+\}/)
  let at = 0
  for (const part of parts) {
    const found = said.indexOf(part, at)
    if (found < 0 || (at === 0 && found > 0)) return false
    at = found + part.length
  }
  return said.endsWith(parts.at(-1) ?? '')
}
