import type { ReactNode } from 'react'

/** What a colour means: done, waits for someone, went wrong, worth knowing, at rest, ours. */
export type Tone = 'good' | 'wait' | 'bad' | 'note' | 'idle' | 'accent'

/** A state in words, its colour beside them. */
export function StateTag({ tone = 'idle', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tm-tag tm-${tone}`}>{children}</span>
}
