import type { ReactNode } from 'react'

interface CasePageProps {
  /** `PersonBanner`. */
  readonly banner: ReactNode
  /** What it is and its number: one line. */
  readonly title: ReactNode
  /** `StateLine`. */
  readonly state: ReactNode
  /** `Card`s. */
  readonly facts: ReactNode
  /** `TimeLine`. */
  readonly story: ReactNode
  readonly storyTitle: string
  /** `ActionPanel`. */
  readonly actions: ReactNode
}

/**
 * The one page of a case, always the same anatomy: person, where it is, facts, story; at the right what I can do, and
 * where there is no right side before all that there is to read.
 */
export function CasePage({ banner, title, state, facts, story, storyTitle, actions }: CasePageProps) {
  return (
    <div className="tm-case">
      {banner}
      <h1 className="tm-case-title">{title}</h1>
      {state}
      <div className="tm-case-side">{actions}</div>
      <div className="tm-case-body">
        <div className="tm-case-facts">{facts}</div>
        <section className="tm-card">
          <header>
            <h2>{storyTitle}</h2>
          </header>
          <div className="tm-card-body">{story}</div>
        </section>
      </div>
    </div>
  )
}
