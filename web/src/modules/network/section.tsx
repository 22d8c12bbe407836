import type { ReactNode } from 'react'

interface SectionProps {
  readonly title: string
  readonly extra?: ReactNode
  readonly children: ReactNode
}

/** A list with its heading, where the list draws its own box. */
export function Section({ title, extra, children }: SectionProps) {
  return (
    <section style={{ marginTop: 16 }}>
      <header className="tm-row" style={{ justifyContent: 'space-between', marginBottom: 8 }}>
        <h2 style={{ fontSize: 16 }}>{title}</h2>
        {extra && <div className="tm-row tm-no-print">{extra}</div>}
      </header>
      {children}
    </section>
  )
}
