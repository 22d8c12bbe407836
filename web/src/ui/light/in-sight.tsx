import { type ReactNode, useCallback } from 'react'

/** What opens where a button was, brought into sight: nobody looks for it behind the bar below. */
export function InSight({ children }: { children: ReactNode }) {
  const show = useCallback((node: HTMLDivElement | null) => {
    node?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={show} className="me-in-sight">
      {children}
    </div>
  )
}
