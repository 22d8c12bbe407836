import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { type ComponentType, Suspense, useEffect } from 'react'
import { lazily } from '../kernel/lazily.ts'
import type { PageRoute, StaffModule } from '../kernel/module.ts'
import { useMay } from '../kernel/session.tsx'
import { useSay } from '../kernel/words.ts'
import { Broken } from './fence.tsx'
import { Frame } from './frame.tsx'
import { NoPage, NotYours } from './no-page.tsx'

/** The addresses of the app, from what the modules give. Search parts stay plain text. */
export function staffRouter(modules: readonly StaffModule[]) {
  const root = createRootRoute({ component: () => <Frame modules={modules} />, notFoundComponent: NoPage })
  const routes = modules
    .flatMap((module) => (module.routes ?? []).map((page) => ({ module, page })))
    .map(({ module, page }) => {
      const Page = lazily(module, page.load)
      const component = () => <RoutedPage page={page} Page={Page} />
      return createRoute({ getParentRoute: () => root, path: page.path, component })
    })
  return createRouter({
    routeTree: root.addChildren(routes),
    defaultErrorComponent: Broken,
    scrollRestoration: true,
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString()
      return text && `?${text}`
    },
  })
}

/** One page behind its permission, loaded when it is first opened. */
function RoutedPage({ page, Page }: { page: PageRoute; Page: ComponentType }) {
  const say = useSay()
  const may = useMay()
  useEffect(() => {
    document.title = `${say(page.title)} · ${say('web.product')}`
  }, [say, page])
  if (!may(page.may)) return <NotYours />
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
      <Page />
    </Suspense>
  )
}
