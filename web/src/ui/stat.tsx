import type { ReactNode } from 'react'
import { To } from '../kernel/route.tsx'
import type { Tone } from './state-tag.tsx'

interface StatProps {
  readonly label: string
  /** The number; a dash while it is unknown. */
  readonly value: number | string | undefined
  readonly unit?: string
  readonly hint?: ReactNode
  readonly tone?: Tone
  /** The list it counts: every number can be opened. */
  readonly to?: string
}

/** A number and what it counts; opens its list. A zero has no colour: nothing waits, nothing is wrong. */
export function Stat({ label, value, unit, hint, tone, to }: StatProps) {
  const inner = (
    <>
      <span className="tm-stat-label">{label}</span>
      <span className={`tm-stat-value ${tone && value !== 0 ? `tm-${tone}` : ''}`}>
        {typeof value === 'number' ? value.toLocaleString('zh-CN') : (value ?? '—')}
        {unit && <small> {unit}</small>}
      </span>
      {hint && <span className="tm-stat-hint">{hint}</span>}
    </>
  )
  return to ? (
    <To to={to} className="tm-stat">
      {inner}
    </To>
  ) : (
    <div className="tm-stat">{inner}</div>
  )
}

/** Numbers in one row. */
export const Stats = ({ children }: { children: ReactNode }) => <div className="tm-stats">{children}</div>
