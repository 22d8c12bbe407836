import type { ReactNode } from 'react'

interface NothingProps {
  /** What would be here. */
  readonly title: string
  /** How to begin, or why there is nothing. */
  readonly hint?: ReactNode
  readonly children?: ReactNode
}

/** An empty list that says what would be here and how to begin. */
export function Nothing({ title, hint, children }: NothingProps) {
  return (
    <div className="tm-nothing">
      <svg width="64" height="40" viewBox="0 0 64 40" fill="none" aria-hidden="true">
        <path
          d="M2 24h16l5-12 8 22 6-14 3 4h22"
          stroke="var(--tm-line-strong)"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  )
}
