import type { ReactNode } from 'react'
import { useWords } from '../../kernel/words.ts'
import { residentWords } from './words.ts'

interface Props {
  /** Null until it is known what is filled in. */
  readonly words: string | null
  readonly version: number | null
  /** The signature; on paper an empty line. */
  readonly children?: ReactNode
}

/** The sheet that is signed, on screen and on paper. */
export function ConsentSheet({ words, version, children }: Props) {
  const t = useWords(residentWords)
  return (
    <article className="tm-consent">
      <h2>{t('consent.sheet')}</h2>
      <p>{words ?? <span className="tm-quiet">{t('consent.to-fill')}</span>}</p>
      {children}
      <footer className="tm-quiet">
        {version === null ? t('consent.own-words') : t('consent.sheet-version', { version })}
      </footer>
    </article>
  )
}

/** Where one signs on paper; on screen nothing. */
export function SignLines() {
  const t = useWords(residentWords)
  return (
    <p className="tm-consent-lines">
      <span>{t('consent.sign-line')}</span>
      <span>{t('consent.day-line')}</span>
    </p>
  )
}
