import type { ReactNode } from 'react'

interface ButtonProps {
  readonly children: ReactNode
  readonly onClick?: () => void
  readonly quiet?: boolean
  readonly busy?: boolean
  readonly type?: 'button' | 'submit'
}

/** A big button over the whole width. While busy it cannot be pressed twice. */
export function Button({ children, onClick, quiet = false, busy = false, type = 'button' }: ButtonProps) {
  return (
    <button
      type={type}
      className={`me-button ${quiet ? 'me-button-quiet' : ''}`}
      disabled={busy}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
