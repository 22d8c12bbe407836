import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import type { MouseEventHandler, ReactNode } from 'react'
import { useCallback, useMemo } from 'react'
import * as z from 'zod/mini'

/** A parameter of the address, `$id` in the route's path. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false })
  const value = params[name]
  if (value === undefined) throw new Error(`this page's path has no $${name}`)
  return value
}

/** A link inside the app; `to` may carry a search part. Middle click and ctrl-click work as everywhere. */
export function To({ to, children, ...rest }: LinkProps) {
  const { path, search } = taken(to)
  return (
    <Link to={path} search={search} activeOptions={exactly} {...rest}>
      {children}
    </Link>
  )
}

/** The router marks a link as the current page; one that only begins the address is not it. */
const exactly = { exact: true }

export interface LinkProps {
  readonly to: string
  readonly children?: ReactNode
  readonly className?: string
  readonly title?: string
  readonly tabIndex?: number
  /** Opens beside the page, where somebody is in the middle of something. */
  readonly target?: '_blank'
  readonly onClick?: MouseEventHandler<HTMLAnchorElement>
  readonly 'aria-label'?: string
  readonly 'aria-current'?: 'page'
}

/** Goes to another page: `const go = useGo(); go('/referrals/7')`. */
export function useGo(): (to: string, how?: { replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback(
    (to, how = {}) => {
      const { path, search } = taken(to)
      void navigate({ to: path, search, replace: how.replace ?? false })
    },
    [navigate],
  )
}

/**
 * A list's filters, sorting and page, kept in the address so that they can be bookmarked, shared and gone back to:
 * `const [filter, setFilter] = useSearch(z.object({ status: z.optional(z.string()) }))`. What does not fit the schema is left out;
 * setting merges, and `undefined` removes.
 */
export function useSearch<S extends z.ZodMiniObject>(
  schema: S,
): [z.output<S>, (change: Partial<z.output<S>>) => void] {
  const { search } = useLocation() as { search: Record<string, unknown> }
  const navigate = useNavigate()
  const value = useMemo(() => fitting(schema, search), [schema, search])
  const change = useCallback(
    (next: Partial<z.output<S>>) => {
      const merged = (before: Record<string, unknown>) =>
        Object.fromEntries(
          Object.entries({ ...before, ...next }).filter(([, one]) => one !== undefined && one !== ''),
        )
      void navigate({ to: '.', search: merged as never, replace: true })
    },
    [navigate],
  )
  return [value, change]
}

function fitting<S extends z.ZodMiniObject>(schema: S, search: Record<string, unknown>): z.output<S> {
  const fields = Object.entries(schema.shape) as [string, z.ZodMiniType][]
  const good = fields.filter(([name, field]) => name in search && z.safeParse(field, search[name]).success)
  return z.parse(schema, Object.fromEntries(good.map(([name]) => [name, search[name]])))
}

function taken(to: string): { path: string; search: Record<string, string> } {
  const [path = '/', search] = to.split('?')
  return { path, search: Object.fromEntries(new URLSearchParams(search)) }
}
