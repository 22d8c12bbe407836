import { createContext, useContext } from 'react'
import type { Session } from './module.ts'

const SessionContext = createContext<Session | null>(null)

/** Gives the session to every page; only the shell renders it. */
export const SessionProvider = SessionContext.Provider

/** Who is signed in. Only pages call it, and a page is only drawn for who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('no session: pages stand inside the shell')
  return session
}

/** Whether one's role holds a permission; without an argument everyone's does. */
export function useMay(): (permission?: string) => boolean {
  const { permissions } = useSession()
  return (permission) => permission === undefined || permissions.includes(permission)
}
