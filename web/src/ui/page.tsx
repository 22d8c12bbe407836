import type { ReactNode } from 'react'

interface PageProps {
  readonly title: ReactNode
  /** One sentence under the title: what this page is for or how much it holds. */
  readonly hint?: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page with its heading. Every page but a case page begins so. */
export function Page({ title, hint, actions, children }: PageProps) {
  return (
    <div className="tm-page">
      <header className="tm-page-head">
        <div>
          <h1>{title}</h1>
          {hint && <p>{hint}</p>}
        </div>
        {actions && <div className="tm-row tm-no-print">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface CardProps {
  readonly title?: ReactNode
  readonly extra?: ReactNode
  /** Without inner space, for a table that fills the card. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A quiet box: a line around it, no shadow. */
export function Card({ title, extra, flush = false, children }: CardProps) {
  return (
    <section className="tm-card">
      {(title || extra) && (
        <header>
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      <div className={flush ? 'tm-card-flush' : 'tm-card-body'}>{children}</div>
    </section>
  )
}

/** Cards side by side, as many as fit. `least` is the narrowest a card may be, in pixels. */
export function Cards({ least = 320, children }: { least?: number; children: ReactNode }) {
  return (
    <div
      className="tm-cards"
      style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(${least}px, 100%), 1fr))` }}
    >
      {children}
    </div>
  )
}

/** What is known, as term and value; what is not known says so with a dash. */
export function Facts({
  facts,
  columns = 1,
}: {
  facts: readonly (readonly [term: string, value: ReactNode])[]
  columns?: number
}) {
  return (
    <dl
      className="tm-facts"
      style={{ gridTemplateColumns: `repeat(${columns}, max-content minmax(0, 1fr))` }}
    >
      {facts.map(([term, value]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt>{term}</dt>
          <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  )
}
