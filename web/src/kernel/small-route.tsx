import { createContext, type MouseEvent, type ReactNode, useContext, useSyncExternalStore } from 'react'

/**
 * Addresses of the residents' app, below `/me`, without a library: `/me/referrals/7` is the page `/referrals/$id`.
 */
const base = '/me'
const listeners = new Set<() => void>()

/** The path below `/me` that is open now. */
export const useSmallPath = (): string => useSyncExternalStore(subscribe, current)

/** Goes to a page of the residents' app. */
export function goSmall(to: string): void {
  history.pushState(null, '', `${base}${to === '/' ? '' : to}`)
  scrollTo(0, 0)
  tell()
}

/** One step back, as the phone's own back does. */
export const backSmall = (): void => history.back()

/** A link to a page of the residents' app. */
export function SmallLink({
  to,
  children,
  onFollow,
  ...rest
}: {
  to: string
  children: ReactNode
  onFollow?: () => void
  className?: string
  'aria-current'?: 'page'
}) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onFollow?.()
    goSmall(to)
  }
  return (
    <a href={`${base}${to}`} onClick={follow} {...rest}>
      {children}
    </a>
  )
}

const ParamsContext = createContext<Readonly<Record<string, string>>>({})
/** Gives a page its parameters; only the shell renders it. */
export const SmallParams = ParamsContext.Provider

/** A parameter of the address, `$id` in the page's path. */
export function useSmallParam(name: string): string {
  const value = useContext(ParamsContext)[name]
  if (value === undefined) throw new Error(`this page's path has no $${name}`)
  return value
}

/** The parameters where `path` fits `pattern` (`/referrals/$id`), else undefined. */
export function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const here = given[i] ?? ''
    if (part.startsWith('$') && here) params[part.slice(1)] = decodeURIComponent(here)
    else if (part !== here) return undefined
  }
  return params
}

function current(): string {
  const path = location.pathname.slice(base.length).replace(/\/$/, '')
  return path || '/'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}
