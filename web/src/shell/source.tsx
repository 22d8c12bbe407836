import { createContext, useContext } from 'react'
import type { SessionSource } from '../kernel/module.ts'

const SourceContext = createContext<SessionSource | null>(null)
export const SourceProvider = SourceContext.Provider

/** What module identity lets the shell do with the session. */
export function useSource(): SessionSource {
  const source = useContext(SourceContext)
  if (!source) throw new Error('no session source: this stands behind the door')
  return source
}
